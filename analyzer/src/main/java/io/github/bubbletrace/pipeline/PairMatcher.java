package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.PointToPoint.Op;
import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.pipeline.fleet.Device;
import io.github.bubbletrace.trace.IntColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Finds the send and the receive of edges whose ranges name nothing. Both kernels of a pair end together; the send
 * starts after its task ended and, of a sender's tasks, that one just before it; the receive ends before its task needs
 * it. Stages in lockstep end kernels of several pairs at once, so the likeliest pairs of a window are taken first and
 * an operation is taken for both a send and a receive last. One kernel may be both; then the transfer's end is the
 * earlier of the two kernels' ends.
 */
final class PairMatcher {

    /** How far apart two kernels of one pair end on one clock: the spread seen on real files, with room. */
    private static final long END_TOLERANCE_NS = 100_000;

    /** How many operations around a task, and around the end of one, are looked at: bounds the work on odd traces. */
    private static final int LOOK_AHEAD = 48;

    /** A kernel that starts this soon after a task may well be the send of its output. */
    private static final long PROMPT_NS = 20_000;

    /** How much a nanosecond between two ends weighs against one between a task and its send. */
    private static final int END_WEIGHT = 16;

    /** What it costs to take an operation for both a send and a receive. */
    private static final long BOTH_ROLES = END_WEIGHT * PROMPT_NS;

    /** What it costs to take a send that another task of its device is nearer to. */
    private static final long MISPLACED = END_WEIGHT * END_TOLERANCE_NS;

    /** What it costs to leave an edge without a pair. */
    private static final long NONE = 2 * MISPLACED;

    /**
     * One way to pair.
     *
     * @param ownCost how ill the two fit each other and the edge
     * @param likeness how much the receive looks like a send
     * @param cost both, and what other pairs made of it
     */
    private record Candidate(int edge, int send, int receive, long ownCost, long likeness, long cost) {
        Candidate at(long newCost) {
            return new Candidate(edge, send, receive, ownCost, likeness, newCost);
        }
    }

    /** The pairs taken, and how ill they fit together with the edges that have none. */
    private record Assignment(List<Candidate> pairs, long misfit) {}

    private static final Comparator<Candidate> LIKELIEST = Comparator.comparingLong(Candidate::cost)
            .thenComparingInt(Candidate::edge)
            .thenComparingInt(Candidate::send)
            .thenComparingInt(Candidate::receive);

    private final PipelineRun run;
    private final PointToPoint ops;
    private final boolean[] sends;
    private final boolean[] receives;
    private final List<int[]> byStart = new ArrayList<>();
    private final List<int[]> byEnd = new ArrayList<>();

    PairMatcher(PipelineRun run, boolean[] sends, boolean[] receives) {
        this.run = run;
        this.ops = run.pointToPoint();
        this.sends = sends;
        this.receives = receives;
        List<IntColumn> ofDevice = new ArrayList<>();
        run.devices().forEach(d -> ofDevice.add(new IntColumn()));
        for (int op = 0; op < ops.size(); op++) {
            if (ops.get(op).action() == null) {
                ofDevice.get(ops.get(op).device()).add(op);
            }
        }
        for (IntColumn column : ofDevice) {
            byStart.add(column.toArray());
            byEnd.add(IntStream.of(column.toArray())
                    .boxed()
                    .sorted(Comparator.comparingLong((Integer op) -> ops.get(op).endNs())
                            .thenComparing(Comparator.naturalOrder()))
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
    }

    /** Records the transfers it finds and clears their marks in {@code open}. */
    void match(Edges edges, boolean[] open) {
        Assignment best = assign(edges, open, false);
        if (best.misfit() >= BOTH_ROLES) {
            Assignment serial = assign(edges, open, true);
            best = serial.misfit() < best.misfit() ? serial : best;
        }
        for (Candidate pair : best.pairs()) {
            record(edges, pair);
            open[pair.edge()] = false;
        }
    }

    /** The likeliest pairs first. Nothing stays marked as taken. */
    private Assignment assign(Edges edges, boolean[] open, boolean serial) {
        PriorityQueue<Candidate> queue = new PriorityQueue<>(LIKELIEST);
        long misfit = 0;
        for (int edge = 0; edge < edges.size(); edge++) {
            if (open[edge]) {
                addCandidates(edges, edge, serial, queue);
                misfit += NONE;
            }
        }
        boolean[] done = new boolean[edges.size()];
        List<Candidate> pairs = new ArrayList<>();
        while (!queue.isEmpty()) {
            Candidate next = queue.remove();
            if (done[next.edge()] || isTaken(next)) {
                continue;
            }
            long cost = next.ownCost() + next.likeness() + conflict(next);
            if (cost > next.cost()) {
                queue.add(next.at(cost));
            } else {
                done[next.edge()] = true;
                mark(next, true);
                pairs.add(next);
                misfit += cost - next.likeness() - NONE;
            }
        }
        pairs.forEach(pair -> mark(pair, false));
        return new Assignment(pairs, misfit);
    }

    private void mark(Candidate pair, boolean taken) {
        sends[pair.send()] = taken;
        if (pair.receive() >= 0) {
            receives[pair.receive()] = taken;
        }
    }

    private void addCandidates(Edges edges, int edge, boolean serial, PriorityQueue<Candidate> queue) {
        Window window = edges.window();
        int u = edges.source(edge);
        int v = edges.target(edge);
        int[] senders = byStart.get(window.device(u));
        long latest = middle(window, v);
        int from = firstFrom(senders, middle(window, u), Op::startNs);
        for (int i = from; i < Math.min(senders.length, from + LOOK_AHEAD); i++) {
            Op send = ops.get(senders[i]);
            if (send.startNs() > latest) {
                return;
            }
            if (sends[senders[i]]
                    || send.direction() == Direction.RECV
                    || send.direction() == Direction.MANY
                    || send.endNs() > latest + END_TOLERANCE_NS) {
                continue;
            }
            long cost = sendCost(window, u, send);
            if (send.direction() != Direction.COPY) {
                addPairs(edges, edge, senders[i], cost, serial, queue);
            } else if (send.target() == window.device(v)) {
                queue.add(new Candidate(edge, senders[i], -1, cost, 0, cost));
            } else if (send.target() < 0) {
                queue.add(new Candidate(edge, senders[i], -1, cost + PROMPT_NS, 0, cost + PROMPT_NS));
            }
        }
    }

    /** The send with every free kernel on the receiving device that ended with it. */
    private void addPairs(
            Edges edges, int edge, int sender, long cost, boolean serial, PriorityQueue<Candidate> queue) {
        Window window = edges.window();
        int u = edges.source(edge);
        int v = edges.target(edge);
        Op send = ops.get(sender);
        int[] list = byEnd.get(window.device(v));
        long tolerance = END_TOLERANCE_NS
                + Device.clockErrorNs(
                        run.devices().get(window.device(u)), run.devices().get(window.device(v)));
        long latest = Math.min(send.endNs() + tolerance, middle(window, v));
        int from = firstFrom(list, send.endNs() - tolerance, Op::endNs);
        for (int i = from; i < Math.min(list.length, from + LOOK_AHEAD); i++) {
            Op receive = ops.get(list[i]);
            if (receive.endNs() > latest) {
                return;
            }
            boolean free = !receives[list[i]]
                    && receive.direction() != Direction.SEND
                    && receive.direction() != Direction.COPY
                    && receive.direction() != Direction.MANY
                    && receive.endNs() > middle(window, u);
            if (free) {
                long apart = Math.abs(receive.endNs() - send.endNs()) * END_WEIGHT;
                long likeness = likeness(window, v, receive, serial);
                queue.add(new Candidate(edge, sender, list[i], cost + apart, likeness, cost + apart + likeness));
            }
        }
    }

    private boolean isTaken(Candidate pair) {
        return sends[pair.send()] || (pair.receive() >= 0 && receives[pair.receive()]);
    }

    private long conflict(Candidate pair) {
        boolean both = receives[pair.send()] || (pair.receive() >= 0 && sends[pair.receive()]);
        return both ? BOTH_ROLES : 0;
    }

    private void record(Edges edges, Candidate pair) {
        mark(pair, true);
        Op s = ops.get(pair.send());
        if (pair.receive() < 0) {
            edges.record(pair.edge(), s.startNs(), s.endNs(), Edges.UNKNOWN);
            edges.move(pair.edge(), ops.bytes(pair.send(), -1));
            return;
        }
        Op r = ops.get(pair.receive());
        boolean mayBeBoth = mayBeBoth(s.direction()) || mayBeBoth(r.direction());
        long end = mayBeBoth ? Math.min(s.endNs(), r.endNs()) : r.endNs();
        edges.record(pair.edge(), Math.max(s.startNs(), r.startNs()), end, r.startNs());
        edges.move(pair.edge(), ops.bytes(pair.send(), pair.receive()));
    }

    private static boolean mayBeBoth(Direction direction) {
        return direction == Direction.UNKNOWN || direction == Direction.BOTH;
    }

    /** How far the send is from the end of its task, and whether another task of the sender ended between. */
    private static long sendCost(Window window, int u, Op send) {
        int next = u + 1;
        boolean between = next < window.tasks()
                && window.device(next) == window.device(u)
                && window.endNs(next) <= send.startNs();
        long distance = Math.min(END_TOLERANCE_NS, Math.abs(send.startNs() - window.endNs(u)));
        return distance + (between ? MISPLACED : 0);
    }

    /**
     * How much the receive looks like a send: it started promptly after a task on the receiving device. Where receives
     * are posted serially, they do so too after the task just before the one that needs them.
     */
    private static long likeness(Window window, int v, Op receive, boolean serial) {
        int before = v - 1;
        while (before >= 0 && window.device(before) == window.device(v) && window.endNs(before) > receive.startNs()) {
            before--;
        }
        if (before < 0 || window.device(before) != window.device(v)) {
            return 0;
        }
        long likeness = Math.max(0, PROMPT_NS - (receive.startNs() - window.endNs(before)));
        return serial && before == v - 1 ? likeness / 2 : likeness;
    }

    private static long middle(Window window, int task) {
        return window.startNs(task) + (window.endNs(task) - window.startNs(task)) / 2;
    }

    private int firstFrom(int[] list, long timeNs, ToLongFunction<Op> time) {
        int low = 0;
        int high = list.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time.applyAsLong(ops.get(list[middle])) < timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
