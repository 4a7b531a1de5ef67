package io.github.bubbletrace.replay;

import io.github.bubbletrace.trace.IntColumn;
import java.util.Arrays;
import java.util.Optional;

/**
 * The order of blocks on every device and what each waits for. A block is one task, or several whose hulls overlap on
 * their device; it starts as soon as its device is free and its inputs are there, and keeps its tasks at their offsets.
 *
 * <p>An edge joins the end of a task to the start of a block. A serial edge's transfer starts no earlier than the
 * receiving device is free; a blocking one also holds back the sender's next block until the transfer has ended.
 *
 * <p>Immutable; replays share it.
 */
public final class ReplayGraph {

    final int devices;
    final int[] taskBlock;
    final long[] taskOffsetNs;
    final int[] blockDevice;
    final int[] previousBlock;
    final int[] nextBlock;
    final int[] firstTask;
    final int[] edgeTask;
    final int[] edgeBlock;
    final boolean[] edgeSerial;
    final boolean[] edgeBlocking;
    final int[] inEdgeStart;
    final int[] inEdges;
    final int[] heldEdgeStart;
    final int[] heldEdges;
    private final int[] order;
    private final SweepOrder sweepOrder;

    ReplayGraph(ReplayGraphBuilder b) {
        devices = b.devices;
        taskBlock = b.taskBlock.toArray();
        taskOffsetNs = b.taskOffsetNs.toArray();
        blockDevice = b.blockDevice.toArray();
        edgeTask = b.edgeTask.toArray();
        edgeBlock = b.edgeBlock.toArray();
        edgeSerial = b.flags(ReplayGraphBuilder.SERIAL);
        edgeBlocking = b.flags(ReplayGraphBuilder.BLOCKING);
        int blocks = blockDevice.length;
        previousBlock = new int[blocks];
        nextBlock = new int[blocks];
        linkDevices();
        firstTask = groupStarts(taskBlock, blocks);
        int[] held = new int[edgeTask.length];
        for (int e = 0; e < held.length; e++) {
            held[e] = edgeBlocking[e] ? nextBlock[taskBlock[edgeTask[e]]] : -1;
        }
        inEdgeStart = groupStarts(edgeBlock, blocks);
        inEdges = grouped(edgeBlock, inEdgeStart);
        heldEdgeStart = groupStarts(held, blocks);
        heldEdges = grouped(held, heldEdgeStart);
        order = topologicalOrder();
        sweepOrder = new SweepOrder(this, order);
    }

    /** How many tasks there are; they are numbered in the order they were added. */
    public int tasks() {
        return taskBlock.length;
    }

    /** How many blocks there are. */
    public int blocks() {
        return blockDevice.length;
    }

    /** How many edges there are. */
    public int edges() {
        return edgeTask.length;
    }

    /** How many devices there are. */
    public int devices() {
        return devices;
    }

    /** The block that {@code task} belongs to. */
    public int blockOf(int task) {
        return taskBlock[task];
    }

    /** The block before {@code block} on its device, or -1. */
    public int previous(int block) {
        return previousBlock[block];
    }

    /** The device that {@code block} runs on. */
    public int deviceOf(int block) {
        return blockDevice[block];
    }

    /** The task whose end {@code edge} starts from. */
    public int source(int edge) {
        return edgeTask[edge];
    }

    /** The block that {@code edge} leads to. */
    public int target(int edge) {
        return edgeBlock[edge];
    }

    /** The tasks that {@code block} waits for. */
    public int[] sourcesOf(int block) {
        return Arrays.stream(inEdges, inEdgeStart[block], inEdgeStart[block + 1])
                .map(edge -> edgeTask[edge])
                .toArray();
    }

    /** Whether the sender's next block waits for the transfer of {@code edge}. */
    public boolean isBlocking(int edge) {
        return edgeBlocking[edge];
    }

    /** How the receiver takes part in the transfer of {@code edge}. */
    public Receive receive(int edge) {
        if (edgeBlocking[edge]) {
            return Receive.BLOCKING;
        }
        return edgeSerial[edge] ? Receive.SERIAL : Receive.PREPOSTED;
    }

    /** The same order with every receive posted ahead. */
    public ReplayGraph preposted() {
        ReplayGraphBuilder builder = new ReplayGraphBuilder(devices);
        for (int block = 0; block < blocks(); block++) {
            builder.addBlock(blockDevice[block]);
            for (int task = firstTask[block]; task < firstTask[block + 1]; task++) {
                builder.addTask(taskOffsetNs[task]);
            }
        }
        for (int edge = 0; edge < edges(); edge++) {
            builder.addEdge(edgeTask[edge], edgeBlock[edge], Receive.PREPOSTED);
        }
        return builder.build();
    }

    /** Whether another graph has the same tasks in the same blocks and the same edges, whatever receives do. */
    public boolean hasSameShape(ReplayGraph other) {
        return Arrays.equals(blockDevice, other.blockDevice)
                && Arrays.equals(taskBlock, other.taskBlock)
                && Arrays.equals(edgeTask, other.edgeTask)
                && Arrays.equals(edgeBlock, other.edgeBlock);
    }

    /** How long after its block's start {@code task} starts, in nanoseconds. */
    public long offsetNs(int task) {
        return taskOffsetNs[task];
    }

    /** The first task of {@code block}. */
    public int firstTask(int block) {
        return firstTask[block];
    }

    /** One past the last task of {@code block}. */
    public int endTask(int block) {
        return firstTask[block + 1];
    }

    /** Whether no block waits for itself; only then can the graph be replayed. */
    public boolean isReplayable() {
        return order.length == blockDevice.length;
    }

    /** A block that waits for itself, directly or through others; empty where the graph can be replayed. */
    public Optional<Integer> stuckBlock() {
        if (isReplayable()) {
            return Optional.empty();
        }
        boolean[] done = new boolean[blocks()];
        for (int block : order) {
            done[block] = true;
        }
        for (int block = 0; block < done.length; block++) {
            if (!done[block] && (previousBlock[block] < 0 || done[previousBlock[block]])) {
                return Optional.of(block);
            }
        }
        return Optional.of(0);
    }

    /** Blocks and what they wait for, in an order in which each comes after everything it waits for. */
    SweepOrder sweepOrder() {
        return sweepOrder;
    }

    private void linkDevices() {
        int[] last = new int[devices];
        Arrays.fill(last, -1);
        Arrays.fill(nextBlock, -1);
        for (int block = 0; block < blockDevice.length; block++) {
            int device = blockDevice[block];
            previousBlock[block] = last[device];
            if (last[device] >= 0) {
                nextBlock[last[device]] = block;
            }
            last[device] = block;
        }
    }

    /** Kahn's algorithm over the order of each device, the inputs and the held senders. */
    private int[] topologicalOrder() {
        IntColumn from = new IntColumn();
        IntColumn to = new IntColumn();
        for (int block = 0; block < blocks(); block++) {
            link(previousBlock[block], block, from, to);
        }
        for (int e = 0; e < edges(); e++) {
            link(taskBlock[edgeTask[e]], edgeBlock[e], from, to);
            if (edgeBlocking[e]) {
                link(previousBlock[edgeBlock[e]], nextBlock[taskBlock[edgeTask[e]]], from, to);
            }
        }
        int[] targets = to.toArray();
        int[] waits = new int[blocks()];
        for (int target : targets) {
            waits[target]++;
        }
        int[] outStart = groupStarts(from.toArray(), blocks());
        int[] links = grouped(from.toArray(), outStart);
        return peel(waits, outStart, links, targets);
    }

    private static void link(int first, int second, IntColumn from, IntColumn to) {
        if (first >= 0 && second >= 0) {
            from.add(first);
            to.add(second);
        }
    }

    private int[] peel(int[] waits, int[] outStart, int[] links, int[] targets) {
        int blocks = blocks();
        int[] queue = new int[blocks];
        int tail = 0;
        for (int block = 0; block < blocks; block++) {
            if (waits[block] == 0) {
                queue[tail++] = block;
            }
        }
        for (int head = 0; head < tail; head++) {
            for (int i = outStart[queue[head]]; i < outStart[queue[head] + 1]; i++) {
                int target = targets[links[i]];
                if (--waits[target] == 0) {
                    queue[tail++] = target;
                }
            }
        }
        return Arrays.copyOf(queue, tail);
    }

    private static int[] groupStarts(int[] group, int groups) {
        int[] start = new int[groups + 1];
        for (int g : group) {
            if (g >= 0) {
                start[g + 1]++;
            }
        }
        for (int g = 0; g < groups; g++) {
            start[g + 1] += start[g];
        }
        return start;
    }

    private static int[] grouped(int[] group, int[] start) {
        int[] fill = start.clone();
        int[] members = new int[start[start.length - 1]];
        for (int i = 0; i < group.length; i++) {
            if (group[i] >= 0) {
                members[fill[group[i]]++] = i;
            }
        }
        return members;
    }
}
