package io.github.bubbletrace.trace;

/** CUDA API calls, by start. Immutable. */
public final class ApiCallTable {
    private final long[] startNs;
    private final int[] thread;
    private final int[] correlation;

    ApiCallTable(TraceBuilder.Columns columns, int[] order) {
        startNs = columns.longs(0, order);
        thread = columns.ints(1, order);
        correlation = columns.ints(2, order);
    }

    /** How many calls there are. */
    public int size() {
        return startNs.length;
    }

    /** Start on the host, in nanoseconds of the file's clock. */
    public long startNs(int row) {
        return startNs[row];
    }

    /** Thread that made the call. */
    public int thread(int row) {
        return thread[row];
    }

    /** Joins it, within its process, to the GPU work it issued. */
    public int correlation(int row) {
        return correlation[row];
    }
}
