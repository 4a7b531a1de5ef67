package io.github.bubbletrace.schedule;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.Replay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Replays a schedule with equal stages. */
public final class Predictor {

    private final ScheduleGraph graph;
    private final TaskTimes times;
    private final long transferNs;
    private final long[] durationNs;
    private final Replay replay;

    private Predictor(Schedule schedule, TaskTimes times, long transferNs) {
        this.times = times;
        this.transferNs = transferNs;
        graph = ScheduleGraph.of(schedule, Receive.PREPOSTED);
        durationNs = graph.durationsNs(times);
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
        return predict(kind.generate(shape), times, transferNs);
    }

    /**
     * What {@code schedule} costs; its closed form is that of the kind it is named after.
     *
     * @throws IllegalArgumentException where it can never finish
     */
    public static Prediction predict(Schedule schedule, TaskTimes times, long transferNs) {
        return new Predictor(schedule, times, transferNs).prediction();
    }

    /** From the first task's start to the last task's end. */
    static long makespanNs(Schedule schedule, TaskTimes times, long transferNs) {
        return new Predictor(schedule, times, transferNs).replay.makespanNs();
    }

    /**
     * What each device of {@code schedule} holds at which time.
     *
     * @throws IllegalArgumentException where it can never finish
     */
    public static List<List<MemoryCurve.Step>> memory(Schedule schedule, TaskTimes times, long transferNs) {
        Predictor predictor = new Predictor(schedule, times, transferNs);
        List<List<MemoryCurve.Step>> curves = new ArrayList<>();
        for (int device = 0; device < schedule.shape().devices(); device++) {
            curves.add(MemoryCurve.of(predictor.graph, predictor.replay, device));
        }
        return curves;
    }

    private Prediction prediction() {
        Schedule schedule = graph.schedule();
        Shape shape = schedule.shape();
        long[] busyNs = busyNs();
        long idealNs = Arrays.stream(busyNs).max().orElse(0);
        long makespanNs = replay.makespanNs();
        double utilisation = ratio(Arrays.stream(busyNs).sum(), makespanNs * shape.devices());
        Optional<ScheduleKind> kind = ScheduleKind.of(schedule.kind());
        boolean decodes = schedule.inputs().inFlight() > 0;
        long[] latencies = latenciesNs();
        return new Prediction(
                schedule.kind(),
                shape,
                makespanNs,
                idealNs,
                1 - utilisation,
                ratio(makespanNs - idealNs, idealNs),
                kind.map(known -> ClosedForms.bubble(known, shape, times)).orElse(OptionalDouble.empty()),
                utilisation,
                ratio(naiveNs(), makespanNs),
                Math.round(Arrays.stream(latencies).average().orElse(0)),
                latencies.length == 0 ? 0 : latencies[0],
                1e9 * ratio(shape.microBatches(), makespanNs),
                stages(busyNs),
                decodes ? Optional.of(DecodePrediction.of(schedule, times, transferNs)) : Optional.empty());
    }

    private long[] lagsNs() {
        long[] lags = new long[graph.graph().edges()];
        Arrays.setAll(lags, edge -> graph.isTransfer(edge) ? transferNs : 0);
        return lags;
    }

    private long[] busyNs() {
        long[] busy = new long[graph.graph().devices()];
        for (int block = 0; block < graph.graph().blocks(); block++) {
            busy[graph.graph().deviceOf(block)] += replay.blockEndNs(block) - replay.blockStartNs(block);
        }
        return busy;
    }

    private List<StagePrediction> stages(long[] busyNs) {
        long[][] lifetimes = lifetimesNs();
        List<StagePrediction> stages = new ArrayList<>();
        for (int device = 0; device < busyNs.length; device++) {
            int peak = PeakInFlight.of(graph.schedule().order(device));
            boolean flushes = !graph.schedule().kind().equals(ScheduleKind.PIPEDREAM.key());
            stages.add(new StagePrediction(
                    replay.makespanNs() - busyNs[device],
                    peak,
                    flushes ? 1 : peak,
                    lifetimes[device][1] == 0 ? 0 : lifetimes[device][0] / lifetimes[device][1],
                    lifetimes[device][2]));
        }
        return stages;
    }

    /** For each device the sum, the number and the longest of the times between a forward's end and its backward. */
    private long[][] lifetimesNs() {
        Map<Action, Long> forwardEnd = new HashMap<>();
        for (int task = 0; task < durationNs.length; task++) {
            forwardEnd.put(graph.action(task), replay.taskEndNs(task));
        }
        long[][] lifetimes = new long[graph.graph().devices()][3];
        for (int task = 0; task < durationNs.length; task++) {
            Action action = graph.action(task);
            if (action.phase() == Phase.B) {
                long ns = replay.taskStartNs(task)
                        - forwardEnd.get(new Action(Phase.F, action.chunk(), action.microBatch()));
                long[] device = lifetimes[graph.schedule().deviceOf(action.chunk())];
                device[0] += ns;
                device[1]++;
                device[2] = Math.max(device[2], ns);
            }
        }
        return lifetimes;
    }

    /** One micro-batch at a time through a pipeline of one chunk a device. */
    private long naiveNs() {
        Shape shape = graph.schedule().shape();
        long hops = shape.devices() - 1L;
        boolean returns = graph.schedule().orders().stream()
                .flatMap(List::stream)
                .anyMatch(action -> !action.phase().isForward());
        long oneWayNs = shape.devices() * times.forwardNs() + hops * transferNs;
        long backNs = returns ? shape.devices() * times.fullBackwardNs() + hops * transferNs : 0;
        return shape.microBatches() * (oneWayNs + backNs);
    }

    /** The passage of each micro-batch, in the order of their first tasks' starts. */
    private long[] latenciesNs() {
        Map<Integer, long[]> passages = new HashMap<>();
        for (int task = 0; task < durationNs.length; task++) {
            long[] span = {replay.taskStartNs(task), replay.taskEndNs(task)};
            passages.merge(graph.action(task).microBatch(), span, (a, b) ->
                    new long[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
        }
        return passages.values().stream()
                .sorted((a, b) -> Long.compare(a[0], b[0]))
                .mapToLong(span -> span[1] - span[0])
                .toArray();
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
