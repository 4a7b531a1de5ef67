package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.Arrays;

/**
 * Exchanges the other sides of two transfers of one device that end one right after the other, where they then end closer to
 * those: what was joined while several would do, and does not say whether it sends, may have been joined the wrong way round.
 */
final class NearestEnds {

    private NearestEnds() {}

    /**
     * Joins anew where that brings ends together.
     *
     * @param errorNs by how much they must come closer
     */
    static void join(Operations operations, int devices, long errorNs) {
        long[] ends = new long[operations.size()];
        for (int row = 0; row < ends.length; row++) {
            ends[row] = operations.endNs(row);
        }
        int[] last = new int[devices];
        Arrays.fill(last, Operations.NONE);
        for (int row : RadixOrder.of(ends)) {
            if (operations.peer(row) == Operations.NONE) {
                continue;
            }
            int before = last[operations.device(row)];
            if (before != Operations.NONE) {
                exchange(operations, before, row, errorNs);
            }
            last[operations.device(row)] = row;
        }
    }

    private static void exchange(Operations operations, int one, int other, long errorNs) {
        int first = operations.peer(one);
        int second = operations.peer(other);
        boolean closer = apart(operations, one, second) + apart(operations, other, first) + errorNs
                < apart(operations, one, first) + apart(operations, other, second);
        if (closer && operations.mayMeet(one, second) && operations.mayMeet(other, first)) {
            operations.join(one, second);
            operations.join(other, first);
        }
    }

    private static long apart(Operations operations, int row, int peer) {
        return Math.abs(operations.endNs(row) - operations.endNs(peer));
    }
}
