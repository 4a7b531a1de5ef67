package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.PointToPoint.Op;
import io.github.bubbletrace.pipeline.TransferOps.Direction;
import io.github.bubbletrace.trace.IntColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Finds the send and the receive of edges whose ranges name nothing. Both kernels of a pair end together; the send
 * starts after its task ended and, of a sender's tasks, that one just before it; the receive ends before its task needs
 * it. One kernel may send and receive at once; then the transfer's end is the earlier of the two kernels' ends.
 */
final class PairMatcher {

    /** How far apart two kernels of one pair end on one clock: the spread seen on real files, with room. */
    private static final long END_TOLERANCE_NS = 100_000;

    /** How many sends after a task are looked at. */
    private static final int LOOK_AHEAD = 48;

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
        Window window = edges.window();
        IntStream.range(0, edges.size())
                .filter(e -> open[e])
                .boxed()
                .sorted(Comparator.comparingLong((Integer e) -> window.endNs(edges.source(e)))
                        .thenComparingLong(e -> window.startNs(edges.target(e)))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(e -> open[e] = !matchOne(edges, e));
    }

    private boolean matchOne(Edges edges, int edge) {
        Window window = edges.window();
        int u = edges.source(edge);
        int v = edges.target(edge);
        int[] senders = byStart.get(window.device(u));
        long earliest = middle(window, u);
        long latest = middle(window, v);
        int bestSend = -1;
        int bestReceive = -1;
        long bestCost = Long.MAX_VALUE;
        int seen = 0;
        for (int i = firstFrom(senders, earliest, Op::startNs); i < senders.length && seen < LOOK_AHEAD; i++, seen++) {
            Op send = ops.get(senders[i]);
            if (send.startNs() > latest) {
                break;
            }
            if (sends[senders[i]] || send.direction() == Direction.RECV || send.endNs() > latest + END_TOLERANCE_NS) {
                continue;
            }
            boolean copy = send.direction() == Direction.COPY;
            int receive = copy ? -1 : partner(send, window, u, v, earliest, latest);
            if (copy ? send.target() != window.device(v) : receive < 0) {
                continue;
            }
            long cost = (copy ? 0 : Math.abs(ops.get(receive).endNs() - send.endNs())) + misplaced(window, u, send);
            if (cost < bestCost) {
                bestCost = cost;
                bestSend = senders[i];
                bestReceive = receive;
            }
        }
        if (bestSend < 0) {
            return false;
        }
        record(edges, edge, bestSend, bestReceive);
        return true;
    }

    private void record(Edges edges, int edge, int send, int receive) {
        sends[send] = true;
        Op s = ops.get(send);
        if (receive < 0) {
            edges.record(edge, s.startNs(), s.endNs(), Edges.UNKNOWN);
            return;
        }
        receives[receive] = true;
        Op r = ops.get(receive);
        boolean mayBeBoth = s.direction() == Direction.UNKNOWN || r.direction() == Direction.UNKNOWN;
        long end = mayBeBoth ? Math.min(s.endNs(), r.endNs()) : r.endNs();
        edges.record(edge, Math.max(s.startNs(), r.startNs()), end, r.startNs());
    }

    /** The free receive on the device of {@code v} whose end is nearest to the send's. */
    private int partner(Op send, Window window, int u, int v, long earliest, long latest) {
        int[] list = byEnd.get(window.device(v));
        long tolerance = END_TOLERANCE_NS
                + Device.clockErrorNs(
                        run.devices().get(window.device(u)), run.devices().get(window.device(v)));
        int best = -1;
        long bestDistance = tolerance + 1;
        for (int i = firstFrom(list, send.endNs() - tolerance, Op::endNs); i < list.length; i++) {
            Op receive = ops.get(list[i]);
            if (receive.endNs() > Math.min(send.endNs() + tolerance, latest)) {
                break;
            }
            boolean free = !receives[list[i]]
                    && receive.direction() != Direction.SEND
                    && receive.direction() != Direction.COPY
                    && receive.endNs() > earliest;
            long distance = Math.abs(receive.endNs() - send.endNs());
            if (free && distance < bestDistance) {
                best = list[i];
                bestDistance = distance;
            }
        }
        return best;
    }

    /** A penalty where another task of the sender ended between its task and the send. */
    private static long misplaced(Window window, int u, Op send) {
        int next = u + 1;
        boolean between = next < window.tasks()
                && window.device(next) == window.device(u)
                && window.endNs(next) <= send.startNs();
        return between ? END_TOLERANCE_NS : 0;
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
