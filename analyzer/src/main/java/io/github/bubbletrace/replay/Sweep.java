package io.github.bubbletrace.replay;

import java.util.Arrays;

/**
 * Plays a graph with one set of costs after another and keeps only the last one's times, so that thousands of variants need
 * no memory of their own. For one thread. Times are nanoseconds since the window's start.
 */
public final class Sweep {

    private final ReplayGraph graph;
    private final SweepOrder order;
    private final int[] firstTask;
    private final long[] offsetNs;
    private final long[] startNs;
    /** Of every block, then the two floors of {@link SweepOrder}. */
    private final long[] endNs;

    private final long[] taskEndNs;
    /** Whether every task is a block of its own, so that one column holds the ends of both. */
    private final boolean isPlain;

    /** @throws IllegalArgumentException where a block of {@code graph} waits for itself */
    public Sweep(ReplayGraph graph) {
        if (!graph.isReplayable()) {
            throw new IllegalArgumentException("a block waits for itself");
        }
        this.graph = graph;
        order = graph.sweepOrder();
        firstTask = graph.firstTask;
        offsetNs = graph.taskOffsetNs;
        startNs = new long[graph.blocks()];
        endNs = new long[graph.blocks() + 2];
        endNs[order.noFloor()] = Long.MIN_VALUE;
        isPlain = isPlain(graph);
        taskEndNs = isPlain ? endNs : new long[graph.tasks()];
    }

    private static boolean isPlain(ReplayGraph graph) {
        boolean isPlain = graph.tasks() == graph.blocks();
        for (int task = 0; task < graph.tasks() && isPlain; task++) {
            isPlain = graph.taskBlock[task] == task && graph.taskOffsetNs[task] == 0;
        }
        return isPlain;
    }

    /**
     * Plays the graph: every block starts as soon as its device is free and its inputs are there, and its delay has passed.
     *
     * @param taskDurationNs duration of each task, not negative
     * @param edgeLagNs time of each edge's transfer
     * @param blockDelayNs how much later than possible each block starts; may be negative
     */
    public void play(long[] taskDurationNs, long[] edgeLagNs, long[] blockDelayNs) {
        for (int at = 0; at < startNs.length; at++) {
            int block = order.block[at];
            long start = readyNs(at, edgeLagNs) + blockDelayNs[block];
            startNs[block] = start;
            if (isPlain) {
                endNs[block] = start + taskDurationNs[block];
            } else {
                finish(block, taskDurationNs);
            }
        }
    }

    /** The delays with which {@link #play} starts every block at {@code blockStartNs}. */
    long[] delaysNs(long[] taskDurationNs, long[] edgeLagNs, long[] blockStartNs) {
        long[] delays = new long[startNs.length];
        for (int at = 0; at < startNs.length; at++) {
            int block = order.block[at];
            delays[block] = blockStartNs[block] - readyNs(at, edgeLagNs);
            startNs[block] = blockStartNs[block];
            finish(block, taskDurationNs);
        }
        return delays;
    }

    /** From the start of the first task to the end of the last one. */
    public long lengthNs() {
        return makespanNs() - firstStartNs();
    }

    /** End of the last task of all; 0 where everything ends before. */
    public long makespanNs() {
        long last = 0;
        for (int block = 0; block < startNs.length; block++) {
            last = Math.max(last, endNs[block]);
        }
        return last;
    }

    /** Start of the first task of all; 0 where there is none. */
    public long firstStartNs() {
        return Arrays.stream(startNs).min().orElse(0);
    }

    /** Start of {@code block}. */
    public long blockStartNs(int block) {
        return startNs[block];
    }

    /** End of the last task of {@code block}. */
    public long blockEndNs(int block) {
        return endNs[block];
    }

    long taskStartNs(int task) {
        return startNs[graph.taskBlock[task]] + offsetNs[task];
    }

    long taskEndNs(int task) {
        return taskEndNs[task];
    }

    /** When the device of the block at a place of the order is free and its inputs are there. */
    private long readyNs(int at, long[] edgeLagNs) {
        long ready = endNs[order.floor[at]];
        int end = order.arcStart[at + 1];
        for (int arc = order.arcStart[at]; arc < end; arc++) {
            long sent = taskEndNs[order.arcTask[arc]];
            long floor = endNs[order.arcFloor[arc]];
            long arrival = (sent > floor ? sent : floor) + edgeLagNs[order.arcEdge[arc]];
            if (arrival > ready) {
                ready = arrival;
            }
        }
        return ready;
    }

    private void finish(int block, long[] taskDurationNs) {
        long start = startNs[block];
        long last = start;
        int end = firstTask[block + 1];
        for (int task = firstTask[block]; task < end; task++) {
            long taskEnd = start + offsetNs[task] + taskDurationNs[task];
            taskEndNs[task] = taskEnd;
            last = taskEnd > last ? taskEnd : last;
        }
        endNs[block] = last;
    }
}
