package io.github.bubbletrace.replay;

/**
 * One run of a {@link ReplayGraph}: every block starts as soon as its device is free and its inputs are there. Times are
 * nanoseconds since the window's start. Immutable.
 */
public final class Replay {

    private final Sweep sweep;
    private final long makespanNs;

    private Replay(Sweep finished) {
        sweep = finished;
        makespanNs = finished.makespanNs();
    }

    /**
     * Replays {@code graph}.
     *
     * @param taskDurationNs duration of each task, in nanoseconds, not negative
     * @param edgeLagNs time of each edge's transfer, in nanoseconds
     * @param blockDelayNs how much later than possible each block starts, in nanoseconds; may be negative
     * @throws IllegalArgumentException where the graph cannot be replayed
     */
    public static Replay of(ReplayGraph graph, long[] taskDurationNs, long[] edgeLagNs, long[] blockDelayNs) {
        Sweep sweep = new Sweep(graph);
        sweep.play(taskDurationNs, edgeLagNs, blockDelayNs);
        return new Replay(sweep);
    }

    /**
     * The delays with which a replay of {@code graph} starts every block at {@code blockStartNs}.
     *
     * @throws IllegalArgumentException where the graph cannot be replayed
     */
    public static long[] delaysOf(ReplayGraph graph, long[] taskDurationNs, long[] edgeLagNs, long[] blockStartNs) {
        return new Sweep(graph).delaysNs(taskDurationNs, edgeLagNs, blockStartNs);
    }

    /** Start of {@code block}. */
    public long blockStartNs(int block) {
        return sweep.blockStartNs(block);
    }

    /** End of the last task of {@code block}. */
    public long blockEndNs(int block) {
        return sweep.blockEndNs(block);
    }

    /** Start of {@code task}. */
    public long taskStartNs(int task) {
        return sweep.taskStartNs(task);
    }

    /** End of {@code task}. */
    public long taskEndNs(int task) {
        return sweep.taskEndNs(task);
    }

    /** End of the last task of all. */
    public long makespanNs() {
        return makespanNs;
    }

    /** Start of the first task of all; 0 where there is none. */
    public long firstStartNs() {
        return sweep.firstStartNs();
    }
}
