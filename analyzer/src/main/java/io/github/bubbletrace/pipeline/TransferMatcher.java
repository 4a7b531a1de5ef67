package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.PointToPoint.Op;
import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gives every edge between devices its transfer: by the names of its ranges, else by structure ({@link PairMatcher}),
 * else by estimate.
 */
public final class TransferMatcher {

    private record Key(int device, Direction direction, Action action, int window) {}

    private final PipelineRun run;
    private final PointToPoint ops;
    private final boolean[] sends;
    private final boolean[] receives;
    private final Map<Key, Integer> byName = new HashMap<>();
    private final Map<Integer, Integer> windowOfIteration = new HashMap<>();

    private TransferMatcher(PipelineRun run) {
        this.run = run;
        ops = run.pointToPoint();
        for (int w = 0; w < run.windows().size(); w++) {
            windowOfIteration.put(run.windows().get(w).index(), w);
        }
        sends = new boolean[ops.size()];
        receives = new boolean[ops.size()];
        for (int op = 0; op < ops.size(); op++) {
            Op o = ops.get(op);
            int window = o.action() == null ? -1 : windowOf(o);
            if (window >= 0) {
                byName.putIfAbsent(new Key(o.device(), o.direction(), plain(o.action()), window), op);
            }
        }
    }

    /** The edges of every window of {@code run} with their transfers, and what point-to-point work met no peer. */
    public static Matched match(PipelineRun run, ImportLog log) {
        TransferMatcher matcher = new TransferMatcher(run);
        List<Edges> all = new ArrayList<>();
        List<boolean[]> open = new ArrayList<>();
        PairMatcher pairs = new PairMatcher(run, matcher.sends, matcher.receives);
        for (int w = 0; w < run.windows().size(); w++) {
            Edges edges = Edges.of(run, run.windows().get(w));
            boolean[] unmatched = matcher.matchByName(edges, w);
            pairs.match(edges, unmatched);
            all.add(edges);
            open.add(unmatched);
        }
        log.count(Oddity.TRANSFERS_ESTIMATED, TransferEstimates.fill(all, open));
        return new Matched(List.copyOf(all), matcher.unmatched(log));
    }

    /**
     * Edges with transfers.
     *
     * @param edges of each window
     * @param unmatchedP2p point-to-point time of each device that met no peer, host copies included
     */
    public record Matched(List<Edges> edges, List<IntervalSet> unmatchedP2p) {}

    private boolean[] matchByName(Edges edges, int w) {
        Window window = edges.window();
        boolean[] open = new boolean[edges.size()];
        for (int e = 0; e < edges.size(); e++) {
            if (edges.crosses(e)) {
                int u = edges.source(e);
                int v = edges.target(e);
                int copy = named(window.device(u), Direction.COPY, window.action(u), w);
                int send = copy >= 0 ? copy : named(window.device(u), Direction.SEND, window.action(u), w);
                int receive = copy >= 0 ? -1 : named(window.device(v), Direction.RECV, window.action(v), w);
                open[e] = send < 0 && receive < 0;
                if (!open[e]) {
                    record(edges, e, send, receive);
                }
            }
        }
        return open;
    }

    private void record(Edges edges, int edge, int send, int receive) {
        long sent = send < 0
                ? edges.window().endNs(edges.source(edge))
                : ops.get(send).startNs();
        long ready = receive < 0 ? Edges.UNKNOWN : ops.get(receive).startNs();
        long end = receive < 0 ? ops.get(send).endNs() : ops.get(receive).endNs();
        edges.record(edge, Math.max(sent, ready), end, ready);
        edges.move(edge, ops.bytes(send, receive));
        if (send >= 0) {
            sends[send] = true;
        }
        if (receive >= 0) {
            receives[receive] = true;
        }
    }

    private int named(int device, Direction direction, Action action, int window) {
        return byName.getOrDefault(new Key(device, direction, plain(action), window), -1);
    }

    private static boolean meets(Window window, Op op) {
        return op.endNs() > window.windowStartNs() && op.startNs() < window.windowEndNs();
    }

    /** Transfers call every forward F, in inference too. */
    private static Action plain(Action action) {
        return action.phase().isForward() ? new Action(Phase.F, action.chunk(), action.microBatch()) : action;
    }

    /** The window that an operation's name says, else the one in which it ended, or -1; they follow each other in time. */
    private int windowOf(Op op) {
        int named = windowOfIteration.getOrDefault(op.iteration(), -1);
        if (named >= 0 && meets(run.windows().get(named), op)) {
            return named;
        }
        long endNs = op.endNs();
        int low = 0;
        int high = run.windows().size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (run.windows().get(middle).windowEndNs() < endNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Window window = run.windows().get(low);
        return endNs > window.windowStartNs() && endNs <= window.windowEndNs() ? low : -1;
    }

    private List<IntervalSet> unmatched(ImportLog log) {
        List<IntervalSet> alone = ofDevices(false);
        List<IntervalSet> matched = ofDevices(true);
        log.count(
                Oddity.P2P_UNMATCHED,
                IntStream.range(0, ops.size()).filter(op -> !isMatched(op)).count());
        List<IntervalSet> unmatched = new ArrayList<>();
        for (int d = 0; d < alone.size(); d++) {
            unmatched.add(alone.get(d)
                    .plus(run.devices().get(d).activity().hostCopies().minus(matched.get(d))));
        }
        return unmatched;
    }

    /** When transfers that met their peer, or those that did not, ran on each device; through the host they are copies. */
    private List<IntervalSet> ofDevices(boolean matched) {
        List<IntervalSet.Builder> builders = new ArrayList<>();
        run.devices().forEach(device -> builders.add(new IntervalSet.Builder()));
        for (int op = 0; op < ops.size(); op++) {
            if (isMatched(op) == matched) {
                Op o = ops.get(op);
                builders.get(o.device()).add(o.startNs(), o.endNs());
            }
        }
        return builders.stream().map(IntervalSet.Builder::build).toList();
    }

    private boolean isMatched(int op) {
        return sends[op] || receives[op];
    }
}
