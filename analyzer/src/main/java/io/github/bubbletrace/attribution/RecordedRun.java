package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Edges;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.Replay;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.replay.ReplayGraphBuilder;
import io.github.bubbletrace.trace.LongColumn;
import java.util.ArrayList;
import java.util.List;

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
    private final long[] delayNs;
    private final List<Integer> edgeOf = new ArrayList<>();

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
        LongColumn recordedLags = new LongColumn();
        ReceiveModes modes = new ReceiveModes(edges, blocks);
        for (int e = 0; e < edges.size(); e++) {
            int block = blocks.of(edges.target(e));
            boolean holds =
                    window.startNs(edges.target(e)) == blocks.startNs(block) && blocks.of(edges.source(e)) != block;
            if (holds) {
                Receive mode = modes.of(e);
                builder.addEdge(edges.source(e), block, mode);
                edgeOf.add(e);
                trueLags.add(edges.crosses(e) ? Math.max(0, edges.arrivalNs(e) - edges.startNs(e)) : 0);
                recordedLags.add(edges.crosses(e) ? edges.arrivalNs(e) - modes.baseNs(e, mode) : 0);
            }
        }
        graph = builder.build();
        trueLagNs = trueLags.toArray();
        recordedLagNs = recordedLags.toArray();
        delayNs = graph.isReplayable() ? delays() : new long[0];
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

    /** Recorded start of each block less the later of device free and inputs there; may be negative. */
    long[] delayNs() {
        return delayNs.clone();
    }

    /** Whether the sending side of a transfer came last. */
    boolean isSenderLate(int graphEdge) {
        int edge = edgeOf.get(graphEdge);
        return edges.receiveStartNs(edge) < edges.startNs(edge);
    }

    /** The task that waits for an edge of the graph. */
    int target(int graphEdge) {
        return edges.target(edgeOf.get(graphEdge));
    }

    /** What passed, on the side of {@code device}, between the end of inputs and the start of their transfers. */
    long lateTransfersNs(int device) {
        long sum = 0;
        for (int e = 0; e < recordedLagNs.length; e++) {
            int sender = window.device(graph.source(e));
            int receiver = graph.deviceOf(graph.target(e));
            int late = isSenderLate(e) ? sender : receiver;
            sum += sender != receiver && late == device ? Math.max(0, recordedLagNs[e] - trueLagNs[e]) : 0;
        }
        return sum;
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
