package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.Boundary;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PairTransfers;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.ReplayTimes;
import io.github.bubbletrace.analysis.ScheduleVerdict;
import io.github.bubbletrace.analysis.StageTime;
import io.github.bubbletrace.analysis.Totals;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A 1F1B pipeline in numbers: the last stage 1.34 times slower than the others, the host of stage 1 late. */
public final class SamplePipeline {

    private static final long FORWARD_NS = 1_000_000;
    private static final long DELAY_NS = 60_000;
    private static final long BOUNDARY_NS = 2_500_000;
    private static final double SLOW = 1.34;

    private final int replica;
    private final int stages;
    private final int microBatches;
    private final int iterations;
    private final String deviceSuffix;

    private SamplePipeline(int replica, int stages, int microBatches, int iterations, String deviceSuffix) {
        this.replica = replica;
        this.stages = stages;
        this.microBatches = microBatches;
        this.iterations = iterations;
        this.deviceSuffix = deviceSuffix;
    }

    static SamplePipeline of(int replica, int stages, int microBatches, int iterations) {
        return new SamplePipeline(replica, stages, microBatches, iterations, "");
    }

    public static PipelineAnalysis named(int replica, int stages, int microBatches, String deviceSuffix) {
        return new SamplePipeline(replica, stages, microBatches, 2, deviceSuffix).pipeline();
    }

    /** {@code pipeline} with another schedule and other idle totals. */
    static PipelineAnalysis with(PipelineAnalysis pipeline, ScheduleVerdict schedule, CauseTimes idleNs) {
        Totals old = pipeline.totals();
        double bubble = (double) idleNs.total() / (idleNs.total() + old.busyNs());
        Totals totals = new Totals(
                old.windowNs(),
                old.busyNs(),
                idleNs,
                bubble,
                null,
                old.boundary(),
                old.boundaryIdle(),
                old.predictionError());
        return new PipelineAnalysis(
                pipeline.replica(),
                pipeline.stages(),
                pipeline.chunksPerDevice(),
                pipeline.tensorParallel(),
                pipeline.microBatches(),
                pipeline.inFlight(),
                schedule,
                pipeline.structure(),
                pipeline.iterations(),
                pipeline.stageTimes(),
                pipeline.transfers(),
                totals);
    }

    PipelineAnalysis pipeline() {
        List<IterationAnalysis> windows = new ArrayList<>();
        long startNs = 0;
        for (int i = 0; i < iterations; i++) {
            windows.add(iteration(i, startNs));
            startNs = windows.get(i).endNs() + BOUNDARY_NS;
        }
        return new PipelineAnalysis(
                replica,
                stages,
                1,
                1,
                microBatches,
                null,
                new ScheduleVerdict("1f1b", 0.98, "gpipe", null, "ranges"),
                List.of(),
                windows,
                stageTimes(),
                transfers(),
                totals(windows));
    }

    /** Between neighbours, down the pipeline and up again; each pair is slower than the one before it. */
    private List<PairTransfers> transfers() {
        long count = (long) microBatches * iterations;
        List<PairTransfers> transfers = new ArrayList<>();
        for (int stage = 0; stage + 1 < stages; stage++) {
            long medianNs = 50_000L * (stage + 1);
            transfers.add(new PairTransfers(
                    stage,
                    stage + 1,
                    count,
                    0,
                    medianNs,
                    2 * medianNs,
                    count * medianNs,
                    count * medianNs / 4,
                    count,
                    OptionalLong.of(4_000_000),
                    OptionalLong.of(4_000_000 * 1_000_000_000L / medianNs)));
            transfers.add(new PairTransfers(
                    stage + 1,
                    stage,
                    count,
                    count,
                    medianNs,
                    medianNs,
                    count * medianNs,
                    0,
                    0,
                    OptionalLong.empty(),
                    OptionalLong.empty()));
        }
        return transfers;
    }

    private IterationAnalysis iteration(int index, long startNs) {
        SampleReplay ideal = new SampleReplay(stages, microBatches, stage -> FORWARD_NS, stage -> 0);
        SampleReplay actual = new SampleReplay(
                stages,
                microBatches,
                stage -> stage == stages - 1 ? Math.round(SLOW * FORWARD_NS) : FORWARD_NS,
                stage -> stage == 1 ? DELAY_NS + 5_000L * index : 0);
        List<DeviceAnalysis> devices = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            devices.add(device(stage, startNs, ideal, actual));
        }
        long endNs = startNs + actual.makespanNs();
        long idealNs = ideal.makespanNs();
        long imbalanceNs = Math.round(0.95 * actual.makespanNs());
        ReplayTimes replays = new ReplayTimes(idealNs, imbalanceNs, imbalanceNs, imbalanceNs, actual.makespanNs());
        return new IterationAnalysis(
                index, startNs, endNs, microBatches, false, devices, new SampleTransfers(devices), replays);
    }

    private DeviceAnalysis device(int stage, long startNs, SampleReplay ideal, SampleReplay actual) {
        SampleSpans spans = new SampleSpans();
        long freeNs = 0;
        long idealFreeNs = 0;
        for (SampleReplay.Task task : actual.tasks(stage)) {
            SampleReplay.Task twin = ideal.twin(stage, task);
            Cause structure = freeNs == 0 ? Cause.FILL : Cause.TURNAROUND;
            long lateNs = freeNs == 0 && stage == 0 ? 0 : stage == 1 ? DELAY_NS : 0;
            spans.gap(startNs + freeNs, startNs + task.startNs(), structure, twin.startNs() - idealFreeNs, lateNs);
            spans.task(startNs, task, twin, stage);
            freeNs = task.endNs();
            idealFreeNs = twin.endNs();
        }
        spans.gap(startNs + freeNs, startNs + actual.makespanNs(), Cause.DRAIN, ideal.makespanNs() - idealFreeNs, 0);
        return new DeviceAnalysis(
                "rank" + (replica * stages + stage) + ":gpu0" + deviceSuffix,
                replica * stages + stage,
                0,
                stage,
                spans.busyNs(),
                0,
                spans.idleNs(),
                Math.min(stages - stage, microBatches),
                stage == 1 ? 2L * microBatches * DELAY_NS : 0,
                new Boundary(1_000_000, 500_000, 1_000_000, 0, 0),
                spans.tasks(),
                spans.idle());
    }

    private List<StageTime> stageTimes() {
        List<StageTime> times = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            double relative = stage == stages - 1 ? SLOW : 1;
            times.add(new StageTime(stage, Math.round(3 * microBatches * relative * FORWARD_NS), relative));
        }
        return times;
    }

    private Totals totals(List<IterationAnalysis> windows) {
        long windowNs = 0;
        long busyNs = 0;
        CauseTimes idleNs = CauseTimes.NONE;
        Boundary boundary = Boundary.NONE;
        for (IterationAnalysis window : windows) {
            windowNs += window.windowNs();
            for (DeviceAnalysis device : window.devices()) {
                busyNs += device.busyNs();
                idleNs = idleNs.plus(device.idleNs());
                boundary = boundary.plus(device.boundary());
            }
        }
        double all = (double) windowNs * stages;
        return new Totals(
                windowNs,
                busyNs,
                idleNs,
                idleNs.total() / all,
                (stages - 1.0) / (microBatches + stages - 1),
                boundary,
                boundary.idleNs() / (all + boundary.totalNs()),
                iterations == 1 ? null : 0.0042);
    }

    /** Phase of task {@code position} of a stage's 1F1B order. */
    static Phase phase(int stages, int stage, int microBatches, int position) {
        int warmUp = Math.min(stages - stage - 1, microBatches);
        if (position < warmUp) {
            return Phase.F;
        }
        if (position >= 2 * microBatches - warmUp) {
            return Phase.B;
        }
        return (position - warmUp) % 2 == 0 ? Phase.F : Phase.B;
    }
}
