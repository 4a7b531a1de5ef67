package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.trace.ApiCallTable;
import io.github.bubbletrace.trace.RadixOrder;
import io.github.bubbletrace.trace.Trace;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Which thread issued each row of a table of GPU work, and when. Work meets its API call on (process, correlation id);
 * the id alone repeats between processes. Both sides are sorted and merged.
 */
final class Launches {

    private final int[] thread;
    private final long[] timeNs;

    private Launches(int rows) {
        thread = new int[rows];
        timeNs = new long[rows];
        Arrays.fill(thread, -1);
    }

    /** The launches of a table's rows, given each row's process and correlation id. */
    static Launches of(Trace trace, int rows, IntUnaryOperator process, IntUnaryOperator correlation) {
        ApiCallTable calls = trace.calls();
        long[] callKeys = new long[calls.size()];
        Arrays.setAll(callKeys, c -> key(trace.processes().processOf(calls.thread(c)), calls.correlation(c)));
        long[] rowKeys = new long[rows];
        Arrays.setAll(rowKeys, r -> key(process.applyAsInt(r), correlation.applyAsInt(r)));
        int[] callOrder = RadixOrder.of(callKeys);
        Launches launches = new Launches(rows);
        int next = 0;
        for (int row : RadixOrder.of(rowKeys)) {
            while (next < callOrder.length && callKeys[callOrder[next]] < rowKeys[row]) {
                next++;
            }
            if (next < callOrder.length && callKeys[callOrder[next]] == rowKeys[row]) {
                launches.thread[row] = calls.thread(callOrder[next]);
                launches.timeNs[row] = calls.startNs(callOrder[next]);
            }
        }
        return launches;
    }

    /** Whether the row's API call is in the trace. */
    boolean isKnown(int row) {
        return thread[row] >= 0;
    }

    /** The thread that issued {@code row}. */
    int thread(int row) {
        return thread[row];
    }

    /** When the call that issued {@code row} began, in nanoseconds of the file's clock. */
    long timeNs(int row) {
        return timeNs[row];
    }

    /** How many rows have no API call. */
    long unknown() {
        return Arrays.stream(thread).filter(t -> t < 0).count();
    }

    /** The rows with a known launch, by launch time. */
    int[] byTime() {
        int[] known = java.util.stream.IntStream.range(0, thread.length)
                .filter(this::isKnown)
                .toArray();
        long[] times = Arrays.stream(known).mapToLong(r -> timeNs[r]).toArray();
        int[] order = RadixOrder.of(times);
        return Arrays.stream(order).map(i -> known[i]).toArray();
    }

    private static long key(int process, int correlation) {
        return ((long) process << Integer.SIZE) | (correlation & 0xffffffffL);
    }
}
