package io.github.bubbletrace.pipeline.unlabelled;

import java.util.List;

/**
 * Which transfers of a device send and which receive, whoever the other side is: what was computed is sent before the next is
 * received, and what was received is computed with before anything else comes. At any moment as many end that send as
 * that receive.
 */
final class RoleTurns {

    private static final int MOST_PASSES = 64;

    private final LaunchOrder order;
    private final EndGroups moments;
    private final int[] left;
    private final boolean idles;

    private RoleTurns(LaunchOrder order, EndGroups moments, int[] left, boolean idles) {
        this.order = order;
        this.moments = moments;
        this.left = left;
        this.idles = idles;
    }

    /**
     * What is left for each row, bits of {@link TurnRules}.
     *
     * @param idles whether devices may compute what is neither received nor sent
     */
    static int[] of(LaunchOrder order, Operations operations, EndGroups moments, boolean idles)
            throws NoPipelineException {
        int[] left = new int[operations.size()];
        for (int row = 0; row < left.length; row++) {
            left[row] = (operations.maySend(row) ? TurnRules.OUT : 0) | (operations.mayReceive(row) ? TurnRules.IN : 0);
        }
        RoleTurns turns = new RoleTurns(order, moments, left, idles);
        boolean more = true;
        for (int pass = 0; more && pass < MOST_PASSES; pass++) {
            more = false;
            for (int device = 0; device < order.devices(); device++) {
                more |= turns.look(device);
            }
            for (int g = 0; g < moments.size(); g++) {
                more |= turns.balance(moments.first(g), moments.first(g + 1));
            }
        }
        return left;
    }

    private boolean look(int device) throws NoPipelineException {
        int size = order.size(device);
        int[] allowed = new int[size];
        TurnPass pass = new TurnPass(
                new AnyTurns(order, device, idles), size, k -> left[order.row(device, k)], k -> 0, k -> false);
        int furthest = pass.allow(allowed);
        boolean changed = false;
        for (int k = 0; k < size; k++) {
            if (allowed[k] == 0) {
                throw new NoPipelineException("no order of receiving, computing and sending fits device " + device
                        + " beyond its transfer " + furthest + " of " + size);
            }
            changed |= allowed[k] != left[order.row(device, k)];
            left[order.row(device, k)] = allowed[k];
        }
        return changed;
    }

    private boolean balance(int from, int to) throws NoPipelineException {
        int sends = 0;
        int receives = 0;
        for (int i = from; i < to; i++) {
            sends += left[moments.row(i)] == TurnRules.OUT ? 1 : 0;
            receives += left[moments.row(i)] == TurnRules.IN ? 1 : 0;
        }
        if (2 * Math.max(sends, receives) > to - from) {
            throw new NoPipelineException("UNBALANCED " + sends + " " + receives + " of " + (to - from));
        }
        boolean full = 2 * sends == to - from || 2 * receives == to - from;
        boolean changed = false;
        for (int i = from; full && i < to; i++) {
            if (Integer.bitCount(left[moments.row(i)]) > 1) {
                left[moments.row(i)] = 2 * sends == to - from ? TurnRules.IN : TurnRules.OUT;
                changed = true;
            }
        }
        return changed;
    }
}
