package io.github.bubbletrace.replay;

import io.github.bubbletrace.trace.IntColumn;

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
        long first = startNs.length == 0 ? 0 : startNs[0];
        for (long start : startNs) {
            first = start < first ? start : first;
        }
        return first;
    }

    /** Start of {@code block}. */
    public long blockStartNs(int block) {
        return startNs[block];
    }

    /** End of the last task of {@code block}. */
    public long blockEndNs(int block) {
        return endNs[block];
    }

    /**
     * The edges on the critical path of what was played last: the transfers that its last block's end waited for, the last
     * one first. Where several waits end together the device's own order counts, then the first edge.
     *
     * @param edgeLagNs the transfers that were played
     */
    public int[] criticalEdges(long[] edgeLagNs) {
        int[] place = new int[startNs.length];
        for (int at = 0; at < place.length; at++) {
            place[order.block[at]] = at;
        }
        IntColumn edges = new IntColumn();
        int block = lastBlock();
        while (block >= 0 && block < startNs.length) {
            int at = place[block];
            int arc = criticalArc(at, edgeLagNs);
            if (arc < 0) {
                block = order.floor[at];
            } else {
                edges.add(order.arcEdge[arc]);
                int sender = order.arcTask[arc];
                boolean isSentLast = taskEndNs[sender] >= endNs[order.arcFloor[arc]];
                block = isSentLast ? graph.taskBlock[sender] : order.arcFloor[arc];
            }
        }
        return edges.toArray();
    }

    private int lastBlock() {
        int last = -1;
        for (int block = 0; block < startNs.length; block++) {
            if (last < 0 || endNs[block] > endNs[last]) {
                last = block;
            }
        }
        return last;
    }

    /** The arc that the block at a place of the order waited for, or -1 where its device was free last. */
    private int criticalArc(int at, long[] edgeLagNs) {
        long ready = endNs[order.floor[at]];
        int critical = -1;
        for (int arc = order.arcStart[at]; arc < order.arcStart[at + 1]; arc++) {
            long arrival = arrivalNs(arc, edgeLagNs);
            if (arrival > ready) {
                ready = arrival;
                critical = arc;
            }
        }
        return critical;
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
            long arrival = arrivalNs(arc, edgeLagNs);
            if (arrival > ready) {
                ready = arrival;
            }
        }
        return ready;
    }

    private long arrivalNs(int arc, long[] edgeLagNs) {
        long sent = taskEndNs[order.arcTask[arc]];
        long floor = endNs[order.arcFloor[arc]];
        return (sent > floor ? sent : floor) + edgeLagNs[order.arcEdge[arc]];
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
