package io.github.bubbletrace.trace;

/** Memory copies and memsets, by start. Immutable. */
public final class CopyTable {

    private static final CopyKind[] KINDS = CopyKind.values();
    private final long[] startNs;
    private final long[] endNs;
    private final long[] bytes;
    private final int[] process;
    private final int[] gpu;
    private final int[] stream;
    private final int[] correlation;
    private final int[] source;
    private final int[] target;
    private final byte[] kind;

    CopyTable(Columns columns, int[] order) {
        startNs = columns.longs(0, order);
        endNs = columns.longs(1, order);
        bytes = columns.longs(2, order);
        process = columns.ints(3, order);
        gpu = columns.ints(4, order);
        stream = columns.ints(5, order);
        correlation = columns.ints(6, order);
        source = columns.ints(7, order);
        target = columns.ints(8, order);
        kind = columns.bytes(9, order);
    }

    /** How many operations there are. */
    public int size() {
        return startNs.length;
    }

    /** Start on the GPU, in nanoseconds of the file's clock. */
    public long startNs(int row) {
        return startNs[row];
    }

    /** End on the GPU. */
    public long endNs(int row) {
        return endNs[row];
    }

    /** How much it moves, or -1 where the trace does not say. */
    public long bytes(int row) {
        return bytes[row];
    }

    /** Process that issued it. */
    public int process(int row) {
        return process[row];
    }

    /** The process's own ordinal of the GPU it ran on. */
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

    /** Ordinal of the GPU it reads from, or -1. */
    public int source(int row) {
        return source[row];
    }

    /** Ordinal of the GPU it writes to, or -1. */
    public int target(int row) {
        return target[row];
    }

    /** Where it goes. */
    public CopyKind kind(int row) {
        return KINDS[kind[row]];
    }
}
