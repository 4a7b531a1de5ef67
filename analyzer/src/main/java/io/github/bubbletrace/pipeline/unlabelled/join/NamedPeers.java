package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Joins sends and receives whose other side the trace names: between two devices the k-th send meets the k-th receive. Where
 * one has more of them, because a capture begins or ends between, those that end together meet.
 */
public final class NamedPeers {

    /** How far apart two sides end on one clock. */
    private static final long NEAR_NS = 100_000;

    private record Link(int sender, int receiver) {}

    private final Operations operations;
    private final Map<Link, IntColumn> sends = new HashMap<>();
    private final Map<Link, IntColumn> receives = new HashMap<>();

    private NamedPeers(Operations operations) {
        this.operations = operations;
    }

    /**
     * Joins the rows that say whether they send or receive, and to whom.
     *
     * @param errorNs how much further apart than on one clock two sides may end
     */
    public static void join(Operations operations, long errorNs) {
        NamedPeers peers = new NamedPeers(operations);
        peers.collect();
        peers.sends.forEach((link, rows) -> {
            IntColumn others = peers.receives.get(link);
            if (others != null) {
                peers.join(peers.byEnd(rows), peers.byEnd(others), NEAR_NS + errorNs);
            }
        });
    }

    private void collect() {
        for (int row = 0; row < operations.size(); row++) {
            int own = operations.device(row);
            int other = operations.named(row);
            if (other != Operations.NONE && operations.peer(row) == Operations.NONE) {
                if (operations.role(row) == Operations.Role.SEND) {
                    sends.computeIfAbsent(new Link(own, other), l -> new IntColumn())
                            .add(row);
                } else if (operations.role(row) == Operations.Role.RECEIVE) {
                    receives.computeIfAbsent(new Link(other, own), l -> new IntColumn())
                            .add(row);
                }
            }
        }
    }

    private int[] byEnd(IntColumn rows) {
        return operations.byEnd(IntStream.of(rows.toArray()));
    }

    private void join(int[] sent, int[] received, long nearNs) {
        boolean whole = sent.length == received.length;
        int s = 0;
        int r = 0;
        while (s < sent.length && r < received.length) {
            long later = operations.endNs(received[r]) - operations.endNs(sent[s]);
            if (whole || Math.abs(later) <= nearNs) {
                operations.join(sent[s++], received[r++]);
            } else if (later > 0) {
                s++;
            } else {
                r++;
            }
        }
    }
}
