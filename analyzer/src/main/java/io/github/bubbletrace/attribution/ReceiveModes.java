package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Edges;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.replay.Receive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the receiving side of each edge took part. Serial: the receive started no earlier than the end of the receiver's
 * previous task. Blocking: serial, and the sender's next task started only after the transfer ended. Edges into a
 * device's first task of a window are what all later instances of the same edge are.
 */
final class ReceiveModes {

    private final Edges edges;
    private final Blocks blocks;
    private final Window window;
    private final Map<List<Object>, Receive> laterInstances = new HashMap<>();

    ReceiveModes(Edges edges, Blocks blocks) {
        this.edges = edges;
        this.blocks = blocks;
        window = edges.window();
        for (int e = 0; e < edges.size(); e++) {
            if (edges.crosses(e) && previousBlock(edges.target(e)) >= 0) {
                laterInstances.merge(key(e), strongest(e), ReceiveModes::weaker);
            }
        }
    }

    Receive of(int edge) {
        if (!edges.crosses(edge)) {
            return Receive.PREPOSTED;
        }
        if (previousBlock(edges.target(edge)) >= 0) {
            return ofInstance(edge);
        }
        Receive later = laterInstances.getOrDefault(key(edge), Receive.PREPOSTED);
        return later == Receive.BLOCKING && !holdsSender(edge) ? Receive.SERIAL : later;
    }

    /** When the transfer of {@code edge} could start at the earliest, on the document's axis. */
    long baseNs(int edge, Receive mode) {
        long sent = window.endNs(edges.source(edge));
        if (mode == Receive.PREPOSTED) {
            return sent;
        }
        int previous = previousBlock(edges.target(edge));
        return Math.max(sent, previous < 0 ? window.windowStartNs() : blocks.endNs(previous));
    }

    private Receive ofInstance(int edge) {
        long receive = edges.receiveStartNs(edge);
        int previous = previousBlock(edges.target(edge));
        if (receive == Edges.UNKNOWN || receive < blocks.endNs(previous)) {
            return Receive.PREPOSTED;
        }
        return holdsSender(edge) ? Receive.BLOCKING : Receive.SERIAL;
    }

    /** The strongest mode that an instance allows: a sender without a next task cannot tell serial from blocking. */
    private Receive strongest(int edge) {
        Receive mode = ofInstance(edge);
        return mode == Receive.SERIAL && nextOfSender(edge) < 0 ? Receive.BLOCKING : mode;
    }

    /** Whether the sender has a next task and it started only after the transfer ended. */
    private boolean holdsSender(int edge) {
        int next = nextOfSender(edge);
        return next >= 0 && blocks.startNs(next) >= edges.arrivalNs(edge);
    }

    private int nextOfSender(int edge) {
        int sender = blocks.of(edges.source(edge));
        int next = sender + 1;
        boolean hasNext = next < blocks.size()
                && window.device(blocks.firstTask(next)) == window.device(blocks.firstTask(sender));
        return hasNext ? next : -1;
    }

    /** What both instances are: of two modes the one that promises less. */
    private static Receive weaker(Receive a, Receive b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private int previousBlock(int task) {
        int block = blocks.of(task);
        boolean first =
                block == 0 || window.device(blocks.firstTask(block - 1)) != window.device(blocks.firstTask(block));
        return first ? -1 : block - 1;
    }

    private List<Object> key(int edge) {
        return List.of(
                window.phase(edges.target(edge)),
                window.action(edges.target(edge)).chunk(),
                window.device(edges.source(edge)),
                window.device(edges.target(edge)));
    }
}
