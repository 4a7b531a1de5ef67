package io.github.bubbletrace.api;

/**
 * Work of a pipeline's stage that is no method of its own:
 *
 * <pre>{@code
 * try (PipelineSpan span = PipelineSpan.begin(stage, microBatch)) {
 *     ...
 * }
 * }</pre>
 */
public final class PipelineSpan implements AutoCloseable {

    /** A number that nobody says. */
    public static final int UNKNOWN = -1;

    private static final PipelineSpan NONE = new PipelineSpan(null);

    private final Object token;

    private PipelineSpan(Object token) {
        this.token = token;
    }

    /** Begins a forward of {@code stage} for {@code microBatch} on the current thread. */
    public static PipelineSpan begin(int stage, int microBatch) {
        return begin(stage, microBatch, UNKNOWN, 'F');
    }

    /**
     * Begins a span.
     *
     * @param stage number of the stage in the pipeline
     * @param microBatch number of the micro-batch
     * @param iteration number of the iteration, or {@link #UNKNOWN}
     * @param phase F forward, B backward, W weight gradient, R recomputation, P prefill, D decode, V
     *     verification or S draft
     */
    public static PipelineSpan begin(int stage, int microBatch, int iteration, char phase) {
        Object token = open(stage, microBatch, iteration, phase);
        return token == null ? NONE : new PipelineSpan(token);
    }

    /** Ends the span, on the thread that began it. */
    public void end() {
        shut(token);
    }

    @Override
    public void close() {
        end();
    }

    /** The agent answers in its place. */
    @SuppressWarnings("UnusedVariable")
    private static Object open(int stage, int microBatch, int iteration, char phase) {
        return null;
    }

    /** The agent ends {@code token} here. */
    @SuppressWarnings("UnusedVariable")
    private static void shut(Object token) {}
}
