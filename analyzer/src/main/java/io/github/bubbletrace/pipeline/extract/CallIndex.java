package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.ApiCallTable;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.Processes;
import io.github.bubbletrace.trace.Trace;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The API call of each correlation id, looked up by the id itself: a process counts its calls up, so its ids lie close
 * together, and neither side has to be sorted.
 */
final class CallIndex {

    /** More ids for each call than this, and sorting takes less memory. */
    private static final int MOST_IDS_A_CALL = 4;

    private static final int ALWAYS_ALLOWED = 1 << 16;

    private final int[] lowest;
    private final int[] highest;
    private final int[] offset;
    private final int[] callPlusOne;

    private CallIndex(int[] lowest, int[] highest, int[] offset, int ids) {
        this.lowest = lowest;
        this.highest = highest;
        this.offset = offset;
        callPlusOne = new int[ids];
    }

    /** The index over the calls of {@code trace}; null where their ids lie too far apart. */
    static CallIndex of(Trace trace) {
        ApiCallTable calls = trace.calls();
        int processes = trace.processes().size();
        int[] lowest = new int[processes];
        int[] highest = new int[processes];
        Arrays.fill(lowest, Integer.MAX_VALUE);
        Arrays.fill(highest, Integer.MIN_VALUE);
        for (int c = 0; c < calls.size(); c++) {
            int process = trace.processes().processOf(calls.thread(c));
            lowest[process] = Math.min(lowest[process], calls.correlation(c));
            highest[process] = Math.max(highest[process], calls.correlation(c));
        }
        int[] offset = new int[processes];
        long ids = 0;
        for (int p = 0; p < processes; p++) {
            offset[p] = (int) ids;
            ids += Math.max(0, (long) highest[p] - lowest[p] + 1);
            if (ids > Math.min(Integer.MAX_VALUE - 8, ALWAYS_ALLOWED + (long) MOST_IDS_A_CALL * calls.size())) {
                return null;
            }
        }
        CallIndex index = new CallIndex(lowest, highest, offset, (int) ids);
        index.fill(calls, trace.processes());
        return index;
    }

    private void fill(ApiCallTable calls, Processes processes) {
        for (int c = 0; c < calls.size(); c++) {
            int process = processes.processOf(calls.thread(c));
            int slot = offset[process] + (calls.correlation(c) - lowest[process]);
            int known = callPlusOne[slot];
            if (known == 0 || calls.startNs(c) < calls.startNs(known - 1)) {
                callPlusOne[slot] = c + 1;
            }
        }
    }

    /** The call of each of {@code rows} rows, -1 where there is none. */
    int[] join(int rows, IntUnaryOperator process, IntUnaryOperator correlation) {
        int[] call = new int[rows];
        Cores.split(rows, (first, end) -> {
            for (int row = first; row < end; row++) {
                call[row] = find(process.applyAsInt(row), correlation.applyAsInt(row));
            }
        });
        return call;
    }

    private int find(int process, int correlation) {
        return correlation < lowest[process] || correlation > highest[process]
                ? -1
                : callPlusOne[offset[process] + (correlation - lowest[process])] - 1;
    }
}
