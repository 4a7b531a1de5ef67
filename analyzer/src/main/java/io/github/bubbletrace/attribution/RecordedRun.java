package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Edges;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.Replay;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.replay.ReplayGraphBuilder;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import java.util.Arrays;

/**
 * A recorded window as a graph that can be replayed, with the recorded transfers and host delays. A block waits for the
 * inputs of its earliest member. Immutable.
 */
final class RecordedRun {

    private final Edges edges;
    private final Window window;
    private final Blocks blocks;
    private final ReplayGraph graph;
    private final long[] trueLagNs;
    private final long[] recordedLagNs;
    private final long[] lagFromSentNs;
    private final long[] lagFromFreeNs;
    private final long[] delayNs;
    private final int[] edgeOf;
    private final int[] lateDevice;

    RecordedRun(Edges edges, Blocks blocks, int devices) {
        this.edges = edges;
        this.window = edges.window();
        this.blocks = blocks;
        ReplayGraphBuilder builder = new ReplayGraphBuilder(devices);
        for (int block = 0; block < blocks.size(); block++) {
            builder.addBlock(window.device(blocks.firstTask(block)));
            for (int task = blocks.firstTask(block); task < blocks.endTask(block); task++) {
                builder.addTask(window.startNs(task) - blocks.startNs(block));
            }
        }
        LongColumn trueLags = new LongColumn();
        LongColumn fromSent = new LongColumn();
        LongColumn fromFree = new LongColumn();
        IntColumn kept = new IntColumn();
        ReceiveModes modes = new ReceiveModes(edges, blocks);
        for (int e = 0; e < edges.size(); e++) {
            int block = blocks.of(edges.target(e));
            boolean holds =
                    window.startNs(edges.target(e)) == blocks.startNs(block) && blocks.of(edges.source(e)) != block;
            if (holds) {
                Receive mode = modes.of(e);
                builder.addEdge(edges.source(e), block, mode);
                kept.add(e);
                trueLags.add(edges.crosses(e) ? Math.max(0, edges.arrivalNs(e) - edges.startNs(e)) : 0);
                fromSent.add(edges.crosses(e) ? edges.arrivalNs(e) - modes.baseNs(e, Receive.PREPOSTED) : 0);
                fromFree.add(edges.crosses(e) ? edges.arrivalNs(e) - modes.baseNs(e, Receive.SERIAL) : 0);
            }
        }
        graph = builder.build();
        edgeOf = kept.toArray();
        lateDevice = new int[edgeOf.length];
        Arrays.setAll(lateDevice, e -> lateDevice(edges, edgeOf[e]));
        trueLagNs = trueLags.toArray();
        lagFromSentNs = fromSent.toArray();
        lagFromFreeNs = fromFree.toArray();
        recordedLagNs = lagsNs(lagFromSentNs, lagFromFreeNs);
        delayNs = graph.isReplayable() ? delays() : new long[0];
    }

    private static int lateDevice(Edges edges, int edge) {
        boolean isSenderLate = edges.receiveStartNs(edge) < edges.startNs(edge);
        return edges.window().device(isSenderLate ? edges.source(edge) : edges.target(edge));
    }

    ReplayGraph graph() {
        return graph;
    }

    Blocks blocks() {
        return blocks;
    }

    /** True durations of the transfers: from both sides there to the input's arrival. */
    long[] trueLagNs() {
        return trueLagNs.clone();
    }

    /** Transfers as recorded: also what passed before both sides were there. */
    long[] recordedLagNs() {
        return recordedLagNs.clone();
    }

    /** Of every edge what passes from the end of its input to its arrival. */
    long[] lagFromSentNs() {
        return lagFromSentNs.clone();
    }

    /** Of every edge what passes from the moment that its input is finished and the receiver is free to its arrival. */
    long[] lagFromFreeNs() {
        return lagFromFreeNs.clone();
    }

    /** The first where a receive is posted ahead, the second where it is not. */
    long[] lagsNs(long[] fromSentNs, long[] fromFreeNs) {
        long[] lags = new long[graph.edges()];
        Arrays.setAll(lags, e -> graph.receive(e) == Receive.PREPOSTED ? fromSentNs[e] : fromFreeNs[e]);
        return lags;
    }

    /** Recorded start of each block less the later of device free and inputs there; may be negative. */
    long[] delayNs() {
        return delayNs.clone();
    }

    /** The device whose side of a transfer came last. */
    int lateDevice(int graphEdge) {
        return lateDevice[graphEdge];
    }

    /** The task that waits for an edge of the graph. */
    int target(int graphEdge) {
        return edges.target(edgeOf[graphEdge]);
    }

    /** How late each device itself was: its blocks, and its sides of transfers; positive parts only, summed. */
    long[] latenessNs() {
        long[] sums = new long[graph.devices()];
        for (int e = 0; e < recordedLagNs.length; e++) {
            if (window.device(graph.source(e)) != graph.deviceOf(graph.target(e))) {
                sums[lateDevice[e]] += Math.max(0, recordedLagNs[e] - trueLagNs[e]);
            }
        }
        for (int block = 0; block < delayNs.length; block++) {
            sums[graph.deviceOf(block)] += Math.max(0, delayNs[block]);
        }
        return sums;
    }

    /**
     * Replays the window with the recorded durations, transfers and delays.
     *
     * @throws IllegalStateException where that is not the recording itself: a fault of this program
     */
    Replay replayRecorded(long[] hullNs) {
        Replay replay = Replay.of(graph, hullNs, recordedLagNs, delayNs);
        for (int block = 0; block < blocks.size(); block++) {
            if (replay.blockStartNs(block) != blocks.startNs(block) - window.windowStartNs()) {
                throw new IllegalStateException("the replay does not reproduce the recording of iteration "
                        + window.index() + " at block " + block);
            }
        }
        return replay;
    }

    /** Each delay follows from the recorded times alone: replaying with the delays so far gives the block's readiness. */
    private long[] delays() {
        long[] hulls = new long[window.tasks()];
        for (int task = 0; task < hulls.length; task++) {
            hulls[task] = window.endNs(task) - window.startNs(task);
        }
        long[] starts = new long[blocks.size()];
        for (int block = 0; block < starts.length; block++) {
            starts[block] = blocks.startNs(block) - window.windowStartNs();
        }
        return Replay.delaysOf(graph, hulls, recordedLagNs, starts);
    }
}
