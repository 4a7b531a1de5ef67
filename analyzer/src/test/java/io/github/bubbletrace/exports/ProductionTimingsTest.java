package io.github.bubbletrace.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.Replay;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleGraph;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timings as jobs in production have them, written as an export without labels: 1F1B with the causes that labels give. */
class ProductionTimingsTest {

    /** A log of spans of a 1F1B job; without it only made timings are tried. */
    private static final String FROM = System.getProperty("bubbletrace.timings.from", "");

    private static final int FORWARD_KERNELS = 4;
    private static final int BACKWARD_KERNELS = 6;

    @TempDir
    private Path folder;

    private record Timed(int replica, int stage, int step, Action action, long startNs, long endNs) {}

    @Test
    void theLogOfAJob() throws Exception {
        assumeFalse(FROM.isEmpty(), "no -Dbubbletrace.timings.from");
        List<Timed> tasks = new ArrayList<>();
        Analysis log = Analyzer.analyze(List.of(Path.of(FROM)), AnalysisOptions.defaults());
        for (PipelineAnalysis pipeline : log.pipelines()) {
            for (IterationAnalysis iteration : pipeline.iterations()) {
                iteration.devices().forEach(device -> add(tasks, pipeline.replica(), iteration, device));
            }
        }
        requireSameWithoutLabels(oneAtATime(tasks));
    }

    /** Timers of a log overlap by some microseconds; kernels of one stream cannot. */
    private static List<Timed> oneAtATime(List<Timed> tasks) {
        tasks.sort(Comparator.comparingInt(Timed::replica)
                .thenComparingInt(Timed::stage)
                .thenComparingLong(Timed::startNs));
        List<Timed> apart = new ArrayList<>();
        Timed before = null;
        for (Timed task : tasks) {
            boolean same = before != null && before.replica() == task.replica() && before.stage() == task.stage();
            long start = same ? Math.max(task.startNs(), before.endNs()) : task.startNs();
            before = new Timed(task.replica(), task.stage(), task.step(), task.action(), start, task.endNs());
            apart.add(before);
        }
        return apart;
    }

    private static void add(List<Timed> tasks, int replica, IterationAnalysis iteration, DeviceAnalysis device) {
        TaskSpans spans = device.tasks();
        for (int t = 0; t < spans.size(); t++) {
            Action action = new Action(spans.phase(t), spans.chunk(t), spans.microBatch(t));
            tasks.add(new Timed(replica, device.stage(), iteration.index(), action, spans.startNs(t), spans.endNs(t)));
        }
    }

    /** Sequences of very different length, stragglers, and hosts that are late now and then. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void madeTimings(int seed) throws Exception {
        Random random = Seeds.random(seed);
        int stages = 2 + random.nextInt(7);
        int microBatches = 4 + random.nextInt(9);
        List<Timed> tasks = new ArrayList<>();
        for (int replica = 0; replica < 2; replica++) {
            long startNs = 5_000_000L + 800_000L * replica;
            for (int step = 0; step < 4; step++) {
                startNs += 30_000_000 + addStep(tasks, replica, step, stages, microBatches, startNs, random);
            }
        }
        requireSameWithoutLabels(tasks);
    }

    /** One step; gives how long it takes. */
    private static long addStep(
            List<Timed> tasks, int replica, int step, int stages, int microBatches, long startNs, Random random) {
        ScheduleGraph graph =
                ScheduleGraph.of(ScheduleKind.ONE_F_ONE_B.generate(new Shape(stages, 1, microBatches)), Receive.SERIAL);
        double[] size = random.doubles(microBatches)
                .map(u -> Math.exp(0.6 * gaussian(u)))
                .toArray();
        long[] durations = graph.durationsNs(TaskTimes.of(10_000_000, 20_000_000));
        for (int task = 0; task < durations.length; task++) {
            double straggles = random.nextInt(50) == 0 ? 3 : 1 + 0.03 * random.nextGaussian();
            double slow = graph.action(task).chunk() == stages - 1 ? 1.4 : 1;
            durations[task] = Math.round(
                    durations[task] * size[graph.action(task).microBatch()] * Math.max(0.5, straggles) * slow);
        }
        long[] lags = new long[graph.graph().edges()];
        Arrays.setAll(lags, e -> graph.isTransfer(e) ? 100_000 + random.nextInt(300_000) : 0);
        long[] delays = new long[graph.graph().blocks()];
        Arrays.setAll(delays, b -> Math.round(-100_000 * Math.log(1 - random.nextDouble())));
        Replay replay = Replay.of(graph.graph(), durations, lags, delays);
        for (int task = 0; task < durations.length; task++) {
            Action action = graph.action(task);
            tasks.add(new Timed(
                    replica,
                    action.chunk(),
                    step,
                    action,
                    startNs + replay.taskStartNs(task),
                    startNs + replay.taskEndNs(task)));
        }
        return replay.makespanNs();
    }

    /** A normal deviate of a uniform one, well enough (logistic). */
    private static double gaussian(double uniform) {
        double u = Math.min(0.999, Math.max(0.001, uniform));
        return Math.log(u / (1 - u)) / 1.7;
    }

    private void requireSameWithoutLabels(List<Timed> tasks) throws Exception {
        Analysis labelled = Analyzer.analyze(List.of(export(tasks, true)), AnalysisOptions.defaults());
        Analysis bare = Analyzer.analyze(List.of(export(tasks, false)), AnalysisOptions.defaults());
        assertThat(bare.pipelines()).as("%s", bare.warnings()).hasSameSizeAs(labelled.pipelines());
        for (int p = 0; p < bare.pipelines().size(); p++) {
            PipelineAnalysis expected = labelled.pipelines().get(p);
            PipelineAnalysis actual = bare.pipelines().get(p);
            assertThat(actual.schedule().from()).isEqualTo("structure");
            assertThat(actual.schedule().kind()).isEqualTo("1f1b");
            assertThat(expected.schedule().kind()).isEqualTo("1f1b");
            assertThat(actual.iterations()).hasSameSizeAs(expected.iterations());
            double deviceTime = (double) expected.totals().windowNs() * expected.stages();
            for (Cause cause : Cause.values()) {
                assertThat(actual.totals().idleNs().get(cause) / deviceTime)
                        .as("replica %s: %s", p, cause)
                        .isCloseTo(expected.totals().idleNs().get(cause) / deviceTime, within(0.01));
            }
        }
    }

    private Path export(List<Timed> tasks, boolean labelled) throws Exception {
        ExportBuilder export = new ExportBuilder();
        int stages = tasks.stream().mapToInt(Timed::stage).max().orElse(0) + 1;
        Map<List<Integer>, List<Timed>> ofDevice = new HashMap<>();
        for (Timed task : tasks) {
            ofDevice.computeIfAbsent(List.of(task.replica(), task.stage()), d -> new ArrayList<>())
                    .add(task);
        }
        Map<List<Object>, Timed> byAction = new HashMap<>();
        tasks.forEach(task -> byAction.put(List.of(task.replica(), task.step(), task.action()), task));
        for (List<Timed> own : ofDevice.values()) {
            own.sort(Comparator.comparingLong(Timed::startNs));
            Timed before = null;
            for (Timed task : own) {
                ExportThread thread = thread(export, task.replica(), task.stage(), stages);
                writeTask(thread, task, labelled);
                Timed source = byAction.get(List.of(task.replica(), task.step(), input(task)));
                if (source != null && source.stage() != task.stage()) {
                    ExportThread sender = thread(export, source.replica(), source.stage(), stages);
                    writeTransfer(sender, thread, source, task, before, labelled);
                }
                before = task;
            }
        }
        return export.write(folder.resolve(labelled ? "labelled.sqlite" : "bare.sqlite"));
    }

    private static ExportThread thread(ExportBuilder export, int replica, int stage, int stages) {
        int rank = replica * stages + stage;
        return export.process(100 + rank).rank(rank).main();
    }

    /** What a task receives; of the first forward and the last backward nothing that there is. */
    private static Action input(Timed task) {
        boolean forward = task.action().phase() == Phase.F;
        return new Action(
                task.action().phase(),
                task.action().chunk() + (forward ? -1 : 1),
                task.action().microBatch());
    }

    private static void writeTask(ExportThread thread, Timed task, boolean labelled) {
        int kernels = task.action().phase() == Phase.F ? FORWARD_KERNELS : BACKWARD_KERNELS;
        if (labelled) {
            thread.range(label("", task) + " phase=" + task.action().phase(), task.startNs(), task.endNs());
        }
        long lasts = task.endNs() - task.startNs();
        for (int k = 0; k < kernels; k++) {
            long start = task.startNs() + lasts * k / kernels;
            thread.kernel(0, 7, ExportThread.GEMM, start, start, task.startNs() + lasts * (k + 1) / kernels);
        }
    }

    /** Both kernels end together, before the task that needs them: the receive is posted when its device is free. */
    private static void writeTransfer(
            ExportThread sender, ExportThread receiver, Timed source, Timed target, Timed before, boolean labelled) {
        long sent = Math.min(source.endNs(), target.startNs() - 1_000);
        boolean first = before == null || before.step() != target.step();
        long posted = first ? sent : Math.min(before.endNs(), target.startNs() - 1_000);
        long ready = Math.max(sent, posted);
        long end = Math.min(target.startNs(), ready + 100_000 + (target.startNs() - ready) / 8);
        String what = target.action().phase() == Phase.F ? "forward" : "backward";
        int stream = target.action().phase() == Phase.F ? 20 : 22;
        write(sender, "ncclSend", labelled ? label("send_" + what + " ", source) : null, stream, sent, end);
        write(receiver, "ncclRecv", labelled ? label("recv_" + what + " ", target) : null, stream + 1, posted, end);
    }

    /** Calls of one moment follow each other: first what is sent. */
    private static void write(ExportThread thread, String call, String label, int stream, long start, long end) {
        long at = start - (call.equals("ncclSend") ? 40 : 20);
        if (label != null) {
            thread.range(label, at - 1, at + 3);
        }
        thread.registered(call, at, at + 2).kernel(0, stream, ExportThread.SEND_RECV, at, start, end);
    }

    private static String label(String what, Timed task) {
        return what + "it=" + task.step() + " stage=" + task.stage() + " mb="
                + task.action().microBatch() + " dp=" + task.replica();
    }
}
