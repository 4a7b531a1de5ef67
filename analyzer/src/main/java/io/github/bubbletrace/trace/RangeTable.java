package io.github.bubbletrace.trace;

/** NVTX ranges, by start. Immutable. */
public final class RangeTable {
    private final long[] startNs;
    private final long[] endNs;
    private final int[] thread;
    private final int[] text;
    private final int[] domain;

    RangeTable(Columns columns, int[] order) {
        startNs = columns.longs(0, order);
        endNs = columns.longs(1, order);
        thread = columns.ints(2, order);
        text = columns.ints(3, order);
        domain = columns.ints(4, order);
    }

    /** How many ranges there are. */
    public int size() {
        return startNs.length;
    }

    /** Start on the host, in nanoseconds of the file's clock. */
    public long startNs(int row) {
        return startNs[row];
    }

    /** End on the host. */
    public long endNs(int row) {
        return endNs[row];
    }

    /** Thread that opened it. */
    public int thread(int row) {
        return thread[row];
    }

    /** Its text in the string pool. */
    public int text(int row) {
        return text[row];
    }

    /** Its domain's name in the string pool; the default domain's is empty. */
    public int domain(int row) {
        return domain[row];
    }
}
