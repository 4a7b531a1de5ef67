package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.BitSet;

/**
 * What a stage may do next, where receives are posted when there is nothing else to do: it receives, computes, and sends before
 * it receives again. Where a pipeline begins or ends, a task may begin without anything received or end without anything
 * sent. Immutable.
 */
final class StageTurns implements TurnRules {

    private static final int IDLE = 1;
    private static final int CAME = 2;
    private static final int COMPUTED = 4;

    /** Has computed without anything received. */
    private static final int BEGUN = 8;

    /** How much earlier than a transfer ends something may start that waits for it. */
    private static final long TOLERANCE_NS = 1_000;

    private final LaunchOrder order;
    private final int device;
    private final boolean isEnd;
    private final boolean idles;

    /** The transfers that what is computed next may have waited for; where a stage idles, the last of it. */
    private final BitSet isWaitedFor = new BitSet();

    /**
     * A stage.
     *
     * @param isEnd whether it may be the first or the last
     * @param idles whether it may compute what is neither received nor sent: weight gradients, updates
     */
    StageTurns(DeviceWork work, LaunchOrder order, Operations operations, int device, boolean isEnd, boolean idles) {
        this.order = order;
        this.device = device;
        this.isEnd = isEnd;
        this.idles = idles;
        for (int k = 0; k < order.size(device); k++) {
            int next = order.end(device, k);
            int end = order.end(device, k + 1);
            long endNs = operations.endNs(order.row(device, k));
            isWaitedFor.set(k, next == end || work.startNs(idles ? end - 1 : next) + TOLERANCE_NS >= endNs);
        }
    }

    @Override
    public int begin() {
        return IDLE;
    }

    @Override
    public int end() {
        return isEnd || idles ? IDLE | COMPUTED : IDLE;
    }

    @Override
    public int kinds(int k) {
        return isWaitedFor.get(k) ? OUT | IN | BOTH : OUT;
    }

    @Override
    public int work(int states, int k) {
        if (!order.works(device, k)) {
            return states;
        }
        int next = states & (COMPUTED | BEGUN);
        next |= (states & CAME) == 0 ? 0 : COMPUTED;
        next |= (states & IDLE) == 0 ? 0 : (isEnd ? BEGUN : 0) | (idles ? IDLE : 0);
        return next;
    }

    @Override
    public int out(int states, int k) {
        return (states & (COMPUTED | BEGUN)) == 0 ? 0 : IDLE;
    }

    @Override
    public int in(int states, int k) {
        return (states & (isEnd ? IDLE | COMPUTED : IDLE)) == 0 ? 0 : CAME;
    }

    @Override
    public int inAfterOut(int states, int k) {
        return in(states, k);
    }
}
