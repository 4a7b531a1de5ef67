package io.github.bubbletrace.trace;

/** CUDA API calls in the order of the file. Immutable. */
public final class ApiCallTable {

    /** Memory that a call takes, in bytes. */
    public static final int BYTES = Long.BYTES + 2 * Integer.BYTES;

    private final long[] startNs;
    private final int[] thread;
    private final int[] correlation;

    ApiCallTable(Columns columns) {
        startNs = columns.longs(0, null);
        thread = columns.ints(1, null);
        correlation = columns.ints(2, null);
    }

    /** How many calls there are. */
    public int size() {
        return startNs.length;
    }

    /** Earliest start, or {@link Long#MAX_VALUE}. */
    public long firstNs() {
        return LongColumn.least(startNs);
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
