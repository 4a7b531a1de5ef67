package io.github.bubbletrace.schedule;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.Replay;
import java.util.Arrays;
import java.util.List;

/** Replays a generated schedule with equal stages. */
public final class Predictor {

    private final ScheduleKind kind;
    private final ScheduleGraph graph;
    private final TaskTimes times;
    private final long transferNs;
    private final long[] durationNs;
    private final Replay replay;

    private Predictor(ScheduleKind kind, Shape shape, TaskTimes times, long transferNs) {
        this.kind = kind;
        this.times = times;
        this.transferNs = transferNs;
        graph = ScheduleGraph.of(kind.generate(shape), Receive.PREPOSTED);
        durationNs = new long[graph.graph().tasks()];
        Arrays.setAll(durationNs, task -> times.ofNs(graph.action(task), graph.schedule()));
        replay = Replay.of(
                graph.graph(), durationNs, lagsNs(), new long[graph.graph().blocks()]);
    }

    /**
     * What {@code kind} costs.
     *
     * @param times of all chunks of a device together
     * @param transferNs how long each edge between two devices takes; it occupies neither
     * @throws IllegalArgumentException where the kind has no schedule of this shape or it can never finish
     */
    public static Prediction predict(ScheduleKind kind, Shape shape, TaskTimes times, long transferNs) {
        return new Predictor(kind, shape, times, transferNs).prediction();
    }

    private Prediction prediction() {
        Shape shape = graph.schedule().shape();
        long[] busyNs = busyNs();
        long idealNs = Arrays.stream(busyNs).max().orElse(0);
        long makespanNs = replay.makespanNs();
        double utilisation = ratio(Arrays.stream(busyNs).sum(), makespanNs * shape.devices());
        return new Prediction(
                kind.key(),
                shape,
                makespanNs,
                idealNs,
                1 - utilisation,
                ratio(makespanNs - idealNs, idealNs),
                ClosedForms.bubble(kind, shape),
                peaks(),
                utilisation,
                ratio(naiveNs(), makespanNs),
                latencyNs(),
                1e9 * ratio(shape.microBatches(), makespanNs));
    }

    private long[] lagsNs() {
        long[] lags = new long[graph.graph().edges()];
        Arrays.setAll(lags, edge -> graph.isTransfer(edge) ? transferNs : 0);
        return lags;
    }

    private long[] busyNs() {
        long[] busy = new long[graph.graph().devices()];
        for (int task = 0; task < durationNs.length; task++) {
            busy[graph.graph().deviceOf(graph.graph().blockOf(task))] += durationNs[task];
        }
        return busy;
    }

    private List<Integer> peaks() {
        return graph.schedule().orders().stream().map(PeakInFlight::of).toList();
    }

    /** One micro-batch at a time through a pipeline of one chunk a device. */
    private long naiveNs() {
        Shape shape = graph.schedule().shape();
        long hops = shape.devices() - 1L;
        long oneWayNs = shape.devices() * times.forwardNs() + hops * transferNs;
        long backNs = kind.isForwardOnly() ? 0 : shape.devices() * times.fullBackwardNs() + hops * transferNs;
        return shape.microBatches() * (oneWayNs + backNs);
    }

    private long latencyNs() {
        int m = graph.schedule().shape().microBatches();
        long[] first = new long[m];
        long[] last = new long[m];
        Arrays.fill(first, Long.MAX_VALUE);
        for (int task = 0; task < durationNs.length; task++) {
            int mb = graph.action(task).microBatch();
            first[mb] = Math.min(first[mb], replay.taskStartNs(task));
            last[mb] = Math.max(last[mb], replay.taskEndNs(task));
        }
        double sum = 0;
        for (int mb = 0; mb < m; mb++) {
            sum += last[mb] - first[mb];
        }
        return Math.round(sum / m);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
