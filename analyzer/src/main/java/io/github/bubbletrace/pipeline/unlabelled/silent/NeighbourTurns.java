package io.github.bubbletrace.pipeline.unlabelled.silent;

import java.util.function.IntUnaryOperator;

/**
 * What a stage may do next, where receives are posted when there is nothing else to do: it receives from one neighbour,
 * computes, and sends to the other one. At the ends of a chain a task may begin without anything received or end without
 * anything sent, on the way to the inner neighbour. Immutable.
 */
final class NeighbourTurns implements TurnRules {

    /** Number of the only neighbour of an end, or of the one towards the other stages on a ring. */
    static final int INNER = 0;

    private static final int IDLE = 1;
    private static final int CAME = 2;
    private static final int COMPUTED = 8;

    /** Has computed without anything received. */
    private static final int BEGUN = 32;

    private static final int EITHER = 3;

    private final LaunchOrder order;
    private final int device;
    private final boolean isEnd;
    private final boolean idles;
    private final IntUnaryOperator neighbour;

    /**
     * A stage.
     *
     * @param isEnd whether it is the first or the last
     * @param neighbour with which neighbour each transfer is
     * @param idles whether it may compute what is neither received nor sent: weight gradients, updates
     */
    NeighbourTurns(LaunchOrder order, int device, boolean isEnd, boolean idles, IntUnaryOperator neighbour) {
        this.neighbour = neighbour;
        this.order = order;
        this.device = device;
        this.isEnd = isEnd;
        this.idles = idles;
    }

    @Override
    public int begin() {
        return IDLE;
    }

    @Override
    public int end() {
        return idles ? -1 : isEnd ? IDLE | (COMPUTED << INNER) : IDLE;
    }

    @Override
    public int work(int states, int k) {
        if (!order.works(device, k)) {
            return states;
        }
        int came = (states / CAME) & EITHER;
        int next = (states & (EITHER * COMPUTED | BEGUN)) | (came * COMPUTED);
        if ((states & IDLE) != 0) {
            next |= (isEnd ? BEGUN : 0) | (idles ? IDLE : 0);
        }
        return next;
    }

    @Override
    public int out(int states, int k) {
        int able = COMPUTED << (1 - neighbour.applyAsInt(k));
        if (isEnd && neighbour.applyAsInt(k) == INNER) {
            able |= (COMPUTED << INNER) | BEGUN;
        }
        return (states & able) == 0 ? 0 : IDLE;
    }

    @Override
    public int in(int states, int k) {
        int able = isEnd ? IDLE | (COMPUTED << INNER) : IDLE;
        return (states & able) == 0 ? 0 : CAME << neighbour.applyAsInt(k);
    }

    @Override
    public int inAfterOut(int states, int k) {
        return in(states, k);
    }
}
