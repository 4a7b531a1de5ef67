package io.github.bubbletrace.replay;

import java.util.Arrays;

/**
 * One run of a {@link ReplayGraph}: every block starts as soon as its device is free and its inputs are there. Times are
 * nanoseconds since the window's start. Immutable.
 */
public final class Replay {

    private final ReplayGraph graph;
    private final long[] blockStartNs;
    private final long[] blockEndNs;
    private final long[] readyNs;
    private final long[] taskDurationNs;
    private final long makespanNs;

    private Replay(ReplayGraph graph, long[] taskDurationNs) {
        this.graph = graph;
        this.taskDurationNs = taskDurationNs.clone();
        blockStartNs = new long[graph.blocks()];
        blockEndNs = new long[graph.blocks()];
        readyNs = new long[graph.blocks()];
        makespanNs = 0;
    }

    private Replay(Replay finished, long makespanNs) {
        graph = finished.graph;
        blockStartNs = finished.blockStartNs;
        blockEndNs = finished.blockEndNs;
        readyNs = finished.readyNs;
        taskDurationNs = finished.taskDurationNs;
        this.makespanNs = makespanNs;
    }

    /**
     * Replays {@code graph}.
     *
     * @param taskDurationNs duration of each task, in nanoseconds
     * @param edgeLagNs time of each edge's transfer, in nanoseconds
     * @param blockDelayNs how much later than possible each block starts, in nanoseconds; may be negative
     * @throws IllegalArgumentException where the graph cannot be replayed
     */
    public static Replay of(ReplayGraph graph, long[] taskDurationNs, long[] edgeLagNs, long[] blockDelayNs) {
        if (!graph.isReplayable()) {
            throw new IllegalArgumentException("a block waits for itself");
        }
        Replay replay = new Replay(graph, taskDurationNs);
        long makespan = 0;
        for (int block : graph.order()) {
            replay.place(block, edgeLagNs, blockDelayNs[block]);
            makespan = Math.max(makespan, replay.blockEndNs[block]);
        }
        return new Replay(replay, makespan);
    }

    /**
     * The delays with which a replay of {@code graph} starts every block at {@code blockStartNs}.
     *
     * @throws IllegalArgumentException where the graph cannot be replayed
     */
    public static long[] delaysOf(ReplayGraph graph, long[] taskDurationNs, long[] edgeLagNs, long[] blockStartNs) {
        if (!graph.isReplayable()) {
            throw new IllegalArgumentException("a block waits for itself");
        }
        Replay replay = new Replay(graph, taskDurationNs);
        long[] delays = new long[graph.blocks()];
        for (int block : graph.order()) {
            replay.place(block, edgeLagNs, 0);
            delays[block] = blockStartNs[block] - replay.readyNs[block];
            replay.place(block, edgeLagNs, delays[block]);
        }
        return delays;
    }

    /** Start of {@code block}. */
    public long blockStartNs(int block) {
        return blockStartNs[block];
    }

    /** End of the last task of {@code block}. */
    public long blockEndNs(int block) {
        return blockEndNs[block];
    }

    /** When the device of {@code block} was free and its inputs were there: its start without its delay. */
    public long readyNs(int block) {
        return readyNs[block];
    }

    /** Start of {@code task}. */
    public long taskStartNs(int task) {
        return blockStartNs[graph.taskBlock[task]] + graph.taskOffsetNs[task];
    }

    /** End of {@code task}. */
    public long taskEndNs(int task) {
        return taskStartNs(task) + taskDurationNs[task];
    }

    /** End of the last task of all. */
    public long makespanNs() {
        return makespanNs;
    }

    /** Start of the first task of all; 0 where there is none. */
    public long firstStartNs() {
        return Arrays.stream(blockStartNs).min().orElse(0);
    }

    private void place(int block, long[] edgeLagNs, long delayNs) {
        long ready = freeNs(block);
        for (int i = graph.inEdgeStart[block]; i < graph.inEdgeStart[block + 1]; i++) {
            ready = Math.max(ready, arrivalNs(graph.inEdges[i], edgeLagNs));
        }
        for (int i = graph.heldEdgeStart[block]; i < graph.heldEdgeStart[block + 1]; i++) {
            ready = Math.max(ready, arrivalNs(graph.heldEdges[i], edgeLagNs));
        }
        readyNs[block] = ready;
        blockStartNs[block] = ready + delayNs;
        long end = blockStartNs[block];
        for (int task = graph.firstTask[block]; task < graph.firstTask[block + 1]; task++) {
            end = Math.max(end, taskEndNs(task));
        }
        blockEndNs[block] = end;
    }

    private long freeNs(int block) {
        int previous = graph.previousBlock[block];
        return previous < 0 ? 0 : blockEndNs[previous];
    }

    private long arrivalNs(int edge, long[] edgeLagNs) {
        long sent = taskEndNs(graph.edgeTask[edge]);
        if (graph.edgeSerial[edge]) {
            sent = Math.max(sent, freeNs(graph.edgeBlock[edge]));
        }
        return sent + edgeLagNs[edge];
    }
}
