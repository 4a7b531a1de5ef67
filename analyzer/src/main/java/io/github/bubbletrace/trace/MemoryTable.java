package io.github.bubbletrace.trace;

/** Memory of GPUs allocated and released, by time. Immutable. */
public final class MemoryTable {

    private final long[] atNs;
    private final long[] bytes;
    private final int[] process;
    private final int[] gpu;

    MemoryTable(Columns columns, int[] order) {
        atNs = columns.longs(0, order);
        bytes = columns.longs(1, order);
        process = columns.ints(2, order);
        gpu = columns.ints(3, order);
    }

    /** How many allocations and releases there are. */
    public int size() {
        return atNs.length;
    }

    /** When, in nanoseconds of the file's clock. */
    public long atNs(int row) {
        return atNs[row];
    }

    /** How much; negative where it is released. */
    public long bytes(int row) {
        return bytes[row];
    }

    /** Process that asked for it. */
    public int process(int row) {
        return process[row];
    }

    /** The process's own ordinal of the GPU whose memory it is. */
    public int gpu(int row) {
        return gpu[row];
    }
}
