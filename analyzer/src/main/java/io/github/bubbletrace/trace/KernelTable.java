package io.github.bubbletrace.trace;

/** GPU kernels and whole-graph launches in the order of the file. Immutable. */
public final class KernelTable {

    private final long[] startNs;
    private final long[] endNs;
    private final int[] process;
    private final int[] gpu;
    private final int[] stream;
    private final int[] correlation;
    private final int[] name;
    private final int[] countOfName;
    private final KernelKind[] kindOfName;

    KernelTable(Columns columns, StringPool strings) {
        startNs = columns.longs(0, null);
        endNs = columns.longs(1, null);
        process = columns.ints(2, null);
        gpu = columns.ints(3, null);
        stream = columns.ints(4, null);
        correlation = columns.ints(5, null);
        name = columns.ints(6, null);
        countOfName = counts(name, strings.size());
        kindOfName = new KernelKind[countOfName.length];
        for (int id = 0; id < kindOfName.length; id++) {
            kindOfName[id] = countOfName[id] > 0 ? KernelKind.of(strings.get(id)) : null;
        }
    }

    private static int[] counts(int[] name, int names) {
        int[] counts = new int[names];
        for (int id : name) {
            counts[id]++;
        }
        return counts;
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
        return LongColumn.least(startNs);
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
        return kindOfName[name[row]];
    }

    /** How many kernels are called as string {@code name} of the pool. */
    public int count(int name) {
        return countOfName[name];
    }

    /** The kind of the kernels called as string {@code name} of the pool; null where there is none. */
    public KernelKind kindOfName(int name) {
        return kindOfName[name];
    }

    /** How many kernels there are of {@code kind}. */
    public long count(KernelKind kind) {
        long count = 0;
        for (int id = 0; id < countOfName.length; id++) {
            count += kindOfName[id] == kind ? countOfName[id] : 0;
        }
        return count;
    }
}
