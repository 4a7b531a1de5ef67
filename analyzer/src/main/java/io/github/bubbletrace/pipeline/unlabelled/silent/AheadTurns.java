package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.BitSet;

/**
 * What a stage may do next, where receives are posted before they are needed: as soon as it has computed it sends, before it
 * posts what comes next. A stage between two others sends after each task. Immutable.
 */
final class AheadTurns implements TurnRules {

    /** A send starts this soon after what it sends is there. */
    private static final long PROMPT_NS = 20_000;

    private static final int SENT = 1;
    private static final int COMPUTED = 2;

    private final LaunchOrder order;
    private final int device;
    private final boolean isEnd;

    /** The transfers that start when what was launched before them has been computed. */
    private final BitSet isPrompt = new BitSet();

    /**
     * A stage.
     *
     * @param isEnd whether it may be the first or the last
     */
    AheadTurns(DeviceWork work, LaunchOrder order, Operations operations, int device, boolean isEnd) {
        this.order = order;
        this.device = device;
        this.isEnd = isEnd;
        for (int k = 0; k < order.size(device); k++) {
            int launched = order.end(device, k);
            long sinceNs = launched == 0
                    ? Long.MIN_VALUE
                    : operations.startNs(order.row(device, k)) - work.endNs(launched - 1);
            isPrompt.set(k, sinceNs >= 0 && sinceNs <= PROMPT_NS);
        }
    }

    @Override
    public int begin() {
        return SENT;
    }

    @Override
    public int end() {
        return isEnd ? SENT | COMPUTED : SENT;
    }

    @Override
    public int kinds(int k) {
        return isPrompt.get(k) ? OUT | IN : IN;
    }

    @Override
    public int work(int states, int k) {
        if (!order.works(device, k)) {
            return states;
        }
        return isEnd || (states & SENT) != 0 ? COMPUTED : 0;
    }

    @Override
    public int out(int states, int k) {
        return (states & COMPUTED) == 0 ? 0 : SENT;
    }

    @Override
    public int in(int states, int k) {
        return !isPrompt.get(k) ? states : isEnd ? SENT : states & SENT;
    }

    @Override
    public int inAfterOut(int states, int k) {
        return 0;
    }
}
