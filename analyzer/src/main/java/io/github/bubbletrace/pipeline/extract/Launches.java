package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.ApiCallTable;
import io.github.bubbletrace.trace.Trace;
import java.util.function.IntUnaryOperator;

/**
 * Which thread issued each row of a table of GPU work, and when. Work meets its API call on (process, correlation id);
 * the id alone repeats between processes. Of several calls with one id the earliest counts.
 */
final class Launches {

    private final ApiCallTable calls;
    private final int[] call;
    private final long unknown;

    private Launches(ApiCallTable calls, int[] call) {
        this.calls = calls;
        this.call = call;
        long none = 0;
        for (int c : call) {
            none += c < 0 ? 1 : 0;
        }
        unknown = none;
    }

    /**
     * The launches of a table's rows, given each row's process and correlation id.
     *
     * @param index of the calls of {@code trace}; null where their ids lie too far apart for one
     */
    static Launches of(Trace trace, CallIndex index, int rows, IntUnaryOperator process, IntUnaryOperator correlation) {
        int[] call = index == null
                ? SortedCalls.join(trace, rows, process, correlation)
                : index.join(rows, process, correlation);
        return new Launches(trace.calls(), call);
    }

    /** How much memory it holds, in bytes. */
    long bytes() {
        return (long) Integer.BYTES * call.length + (long) ApiCallTable.BYTES * calls.size();
    }

    /** Whether the row's API call is in the trace. */
    boolean isKnown(int row) {
        return call[row] >= 0;
    }

    /** The thread that issued {@code row}, whose launch is known. */
    int thread(int row) {
        return calls.thread(call[row]);
    }

    /** When the call that issued {@code row} began, in nanoseconds of the file's clock. */
    long timeNs(int row) {
        return calls.startNs(call[row]);
    }

    /** How many rows have no API call. */
    long unknown() {
        return unknown;
    }
}
