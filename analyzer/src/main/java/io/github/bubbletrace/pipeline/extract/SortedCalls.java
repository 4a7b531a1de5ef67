package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.ApiCallTable;
import io.github.bubbletrace.trace.RadixOrder;
import io.github.bubbletrace.trace.Trace;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Joins GPU work to API calls whose correlation ids lie far apart: both sides are sorted and merged. */
final class SortedCalls {

    private SortedCalls() {}

    /** The call of each of {@code rows} rows, -1 where there is none. */
    static int[] join(Trace trace, int rows, IntUnaryOperator process, IntUnaryOperator correlation) {
        ApiCallTable calls = trace.calls();
        long[] callKeys = new long[calls.size()];
        Arrays.setAll(callKeys, c -> key(trace.processes().processOf(calls.thread(c)), calls.correlation(c)));
        long[] rowKeys = new long[rows];
        Arrays.setAll(rowKeys, r -> key(process.applyAsInt(r), correlation.applyAsInt(r)));
        int[] callOrder = RadixOrder.of(callKeys);
        int[] call = new int[rows];
        int next = 0;
        int earliest = -1;
        for (int row : RadixOrder.of(rowKeys)) {
            while (next < callOrder.length && callKeys[callOrder[next]] <= rowKeys[row]) {
                int c = callOrder[next++];
                boolean other = earliest < 0 || callKeys[c] != callKeys[earliest];
                earliest = other || calls.startNs(c) < calls.startNs(earliest) ? c : earliest;
            }
            call[row] = earliest >= 0 && callKeys[earliest] == rowKeys[row] ? earliest : -1;
        }
        return call;
    }

    private static long key(int process, int correlation) {
        return ((long) process << Integer.SIZE) | (correlation & 0xffffffffL);
    }
}
