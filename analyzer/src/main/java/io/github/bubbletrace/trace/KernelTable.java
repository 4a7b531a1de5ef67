package io.github.bubbletrace.trace;

/** GPU kernels and whole-graph launches in the order of the file. Immutable. */
public final class KernelTable {

    private static final KernelKind[] KINDS = KernelKind.values();
    private final long[] startNs;
    private final long[] endNs;
    private final int[] process;
    private final int[] gpu;
    private final int[] stream;
    private final int[] correlation;
    private final int[] name;
    private final byte[] kindOfName;

    KernelTable(TraceBuilder.Columns columns, StringPool strings) {
        startNs = columns.longs(0, null);
        endNs = columns.longs(1, null);
        process = columns.ints(2, null);
        gpu = columns.ints(3, null);
        stream = columns.ints(4, null);
        correlation = columns.ints(5, null);
        name = columns.ints(6, null);
        kindOfName = KernelKind.ofUsed(name, strings);
    }

    /** Times, streams and names alone. */
    public KernelColumns columns() {
        return new KernelColumns(startNs, endNs, stream, name);
    }

    /** How many kernels there are. */
    public int size() {
        return startNs.length;
    }

    /** Earliest start, or {@link Long#MAX_VALUE}. */
    public long firstNs() {
        long first = Long.MAX_VALUE;
        for (long start : startNs) {
            first = Math.min(first, start);
        }
        return first;
    }

    /** Start on the GPU, in nanoseconds of the file's clock. */
    public long startNs(int row) {
        return startNs[row];
    }

    /** End on the GPU. */
    public long endNs(int row) {
        return endNs[row];
    }

    /** Process that launched it. */
    public int process(int row) {
        return process[row];
    }

    /** The process's own ordinal of the GPU. */
    public int gpu(int row) {
        return gpu[row];
    }

    /** Stream it ran on. */
    public int stream(int row) {
        return stream[row];
    }

    /** Joins it, within its process, to its API call. */
    public int correlation(int row) {
        return correlation[row];
    }

    /** Its short name in the string pool. */
    public int name(int row) {
        return name[row];
    }

    /** Whether it computes or communicates. */
    public KernelKind kind(int row) {
        return KINDS[kindOfName[name[row]]];
    }
}
