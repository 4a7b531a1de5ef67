package io.github.bubbletrace.trace;

/** Times, streams and names of kernels: the arrays of the table that they come from, without the rest of it. Immutable. */
public final class KernelColumns {

    /** No kernels. */
    public static final KernelColumns NONE = new KernelColumns(new long[0], new long[0], new int[0], new int[0]);

    /** Memory that a kernel takes, in bytes. */
    public static final int BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    private final long[] startNs;
    private final long[] endNs;
    private final int[] stream;
    private final int[] name;

    KernelColumns(long[] startNs, long[] endNs, int[] stream, int[] name) {
        this.startNs = startNs;
        this.endNs = endNs;
        this.stream = stream;
        this.name = name;
    }

    /** How many kernels there are. */
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

    /** Stream it ran on. */
    public int stream(int row) {
        return stream[row];
    }

    /** Its short name in the string pool. */
    public int name(int row) {
        return name[row];
    }
}
