package io.github.bubbletrace.replay;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;

/** Writes a {@link ReplayGraph}. Blocks are added in the order of their device, tasks right after their block. */
public final class ReplayGraphBuilder {

    static final int SERIAL = 1;
    static final int BLOCKING = 2;

    final int devices;
    final IntColumn taskBlock = new IntColumn();
    final LongColumn taskOffsetNs = new LongColumn();
    final IntColumn blockDevice = new IntColumn();
    final IntColumn edgeTask = new IntColumn();
    final IntColumn edgeBlock = new IntColumn();
    private final IntColumn edgeFlags = new IntColumn();

    /** Starts a graph over {@code devices} devices, numbered from 0. */
    public ReplayGraphBuilder(int devices) {
        this.devices = devices;
    }

    /** Appends a block to the order of {@code device} and returns its number. */
    public int addBlock(int device) {
        blockDevice.add(device);
        return blockDevice.size() - 1;
    }

    /**
     * Adds a task to the block added last.
     *
     * @param offsetNs how long after its block's start the task starts, in nanoseconds
     * @return the task's number
     */
    public int addTask(long offsetNs) {
        taskBlock.add(blockDevice.size() - 1);
        taskOffsetNs.add(offsetNs);
        return taskBlock.size() - 1;
    }

    /** Makes {@code block} wait for the end of {@code task}; returns the edge's number. */
    public int addEdge(int task, int block, Receive receive) {
        edgeTask.add(task);
        edgeBlock.add(block);
        edgeFlags.add(
                switch (receive) {
                    case PREPOSTED -> 0;
                    case SERIAL -> SERIAL;
                    case BLOCKING -> SERIAL | BLOCKING;
                });
        return edgeTask.size() - 1;
    }

    /** Freezes the graph. */
    public ReplayGraph build() {
        return new ReplayGraph(this);
    }

    boolean[] flags(int flag) {
        boolean[] set = new boolean[edgeFlags.size()];
        for (int e = 0; e < set.length; e++) {
            set[e] = (edgeFlags.get(e) & flag) != 0;
        }
        return set;
    }
}
