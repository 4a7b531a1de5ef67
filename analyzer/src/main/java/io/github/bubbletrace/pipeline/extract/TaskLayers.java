package io.github.bubbletrace.pipeline.extract;

/** How long the kernels of a task ran that each layer's range launched, by ascending layer. Immutable. */
public final class TaskLayers {

    /** The layer of kernels that no layer's range launched. */
    public static final int REST = -1;

    /** No range names a layer. */
    public static final TaskLayers NONE = new TaskLayers(new int[0], new long[0]);

    private final int[] layer;
    private final long[] ns;

    TaskLayers(int[] layer, long[] ns) {
        this.layer = layer.clone();
        this.ns = ns.clone();
    }

    /** How many layers there are, {@link #REST} among them where some kernels are of none. */
    public int size() {
        return layer.length;
    }

    /** Number of the {@code i}-th layer as its ranges say it, or {@link #REST}. */
    public int layer(int i) {
        return layer[i];
    }

    /** How long its kernels ran together, in nanoseconds. */
    public long ns(int i) {
        return ns[i];
    }
}
