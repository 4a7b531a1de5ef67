package io.github.bubbletrace.trace;

/** Times in which host threads did not run their own code, by start. Immutable. */
public final class StopTable {

    /** The process of stops that hold for all processes of the file. */
    public static final int ALL = -1;

    private static final StopKind[] KINDS = StopKind.values();
    private final long[] startNs;
    private final long[] endNs;
    private final int[] process;
    private final int[] kind;
    private final int[] text;

    StopTable(Columns columns, int[] order) {
        startNs = columns.longs(0, order);
        endNs = columns.longs(1, order);
        process = columns.ints(2, order);
        kind = columns.ints(3, order);
        text = columns.ints(4, order);
    }

    /** How many stops there are. */
    public int size() {
        return startNs.length;
    }

    /** Start, in nanoseconds of the file's clock. */
    public long startNs(int row) {
        return startNs[row];
    }

    /** End. */
    public long endNs(int row) {
        return endNs[row];
    }

    /** Process whose threads stopped, or {@link #ALL}. */
    public int process(int row) {
        return process[row];
    }

    /** Why. */
    public StopKind kind(int row) {
        return KINDS[kind[row]];
    }

    /** What it was, in the string pool. */
    public int text(int row) {
        return text[row];
    }
}
