package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.trace.IntervalSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample job under the agent: what the report says against what the job itself logged. */
class SampleJobTest {

    private static final Path AGENT =
            Path.of("../agent/target/bubbletrace-agent.jar").toAbsolutePath();
    private static final Path JOB =
            Path.of("../sample-job/target/bubbletrace-sample-job.jar").toAbsolutePath();
    private static final String RULE = "io.github.bubbletrace.sample.Stage#process"
            + "(stage=this.number,microbatch=arg0.index(),iteration=arg0.iteration())";
    private static final double TOLERANCE = 0.02;
    private static final int STAGES = 4;
    private static final int MICRO_BATCHES = 8;

    @TempDir
    private Path folder;

    @Test
    void slowStageIsNamedAndBusyTimesAreTheJobsOwn() throws Exception {
        run(List.of(), "--slow", "2:1.6", "--iterations", "12");
        Analysis analysis = analysis();
        assertThat(finding(analysis, "slow-stage").evidence()).containsEntry("stage", 2);
        JobLog log = log();
        List<IterationAnalysis> iterations = iterations(analysis, log);
        double windows = sum(i -> log.windowNs(i));
        assertThat(sum(i -> iterations.get(i).windowNs()) / windows).isBetween(1 - TOLERANCE, 1 + TOLERANCE);
        for (int stage = 0; stage < STAGES; stage++) {
            int own = stage;
            double logged = sum(i -> log.sum(i, own, JobLog.Row::ns)) / windows;
            double busy = sum(i -> device(iterations, i, own).busyNs()) / windows;
            // A pause of the JVM within a task counts for the job, which reads clocks, and not for its devices.
            double paused = sum(i -> device(iterations, i, own).idleNs().get(Cause.HOST)) / windows;
            assertThat(busy).isLessThan(logged + TOLERANCE);
            assertThat(busy + paused).isGreaterThan(logged - TOLERANCE);
        }
    }

    /** Idle time of a device whose replay with its stage's times is longer than the one with the same times for all. */
    @Test
    void slowStageCostsTheOthersWhatTheLoggedTimesSay() throws Exception {
        run(List.of(), "--slow", "2:1.6", "--iterations", "12");
        JobLog log = log();
        List<IterationAnalysis> iterations = iterations(analysis(), log);
        for (int stage : new int[] {0, 1, 3}) {
            int own = stage;
            assertThat(median(
                            iterations,
                            i -> device(iterations, i, own).idleNs().get(Cause.IMBALANCE)
                                    - expectedImbalanceNs(log, i, own)))
                    .as("stage %s", stage)
                    .isBetween(-TOLERANCE, TOLERANCE);
        }
    }

    /** Stage 2 sets the pace: with its own times a device idles before its first task and after its last. */
    private static double expectedImbalanceNs(JobLog log, int iteration, int own) {
        double sum = 0;
        double before = 0;
        for (int stage = 0; stage < STAGES; stage++) {
            before += stage < own ? log.medianNs(iteration, stage) : 0;
            sum += log.medianNs(iteration, stage);
        }
        double mean = sum / STAGES;
        double slow = log.medianNs(iteration, 2);
        double window = sum + (MICRO_BATCHES - 1) * slow;
        double idle = window - MICRO_BATCHES * log.medianNs(iteration, own);
        double after = own == STAGES - 1 ? 0 : idle - before;
        return idle - Math.min(before, own * mean) - Math.min(after, (STAGES - 1 - own) * mean);
    }

    @Test
    void slowHandOverIsTransfersByAsMuchAsItTook() throws Exception {
        run(List.of(), "--handover", "1:5", "--work", "8", "--iterations", "10");
        Analysis analysis = analysis();
        assertThat(finding(analysis, "slow-transfers").title()).contains("stages 1 and 2");
        JobLog log = log();
        List<IterationAnalysis> iterations = iterations(analysis, log);
        // Each stage waits once for the hand-over: those behind it at first, those before it at last.
        for (int stage = 0; stage < STAGES; stage++) {
            int own = stage;
            assertThat(median(
                            iterations,
                            i -> device(iterations, i, own).idleNs().get(Cause.P2P) - log.medianHandOverNs(i)))
                    .as("stage %s", stage)
                    .isBetween(-TOLERANCE, TOLERANCE);
        }
    }

    @Test
    void garbageCollectionsWithinTasksAreTheHostsByAsMuchAsTheJobCounted() throws Exception {
        run(
                List.of("-Xmx96m", "-XX:+UseSerialGC"),
                "--kernel",
                "spin",
                "--work",
                "2",
                "--garbage",
                "12",
                "--iterations",
                "15");
        Analysis analysis = analysis();
        assertThat(finding(analysis, "late-host").title()).contains("lies in GC pause (");
        JobLog log = log();
        List<IterationAnalysis> iterations = iterations(analysis, log);
        double windows = sum(i -> log.windowNs(i));
        for (int stage = 0; stage < STAGES; stage++) {
            int own = stage;
            double counted = sum(i -> log.sum(i, own, JobLog.Row::collectedMs)) * 1e6 / windows;
            double attributed = sum(i -> hostWithinTasksNs(device(iterations, i, own))) / windows;
            assertThat(counted).isGreaterThan(2 * TOLERANCE);
            assertThat(attributed).as("stage %s", stage).isBetween(counted - TOLERANCE, counted + TOLERANCE);
        }
    }

    private static long hostWithinTasksNs(DeviceAnalysis device) {
        IntervalSet.Builder tasks = new IntervalSet.Builder();
        for (int task = 0; task < device.tasks().size(); task++) {
            tasks.add(device.tasks().startNs(task), device.tasks().endNs(task));
        }
        IntervalSet.Builder host = new IntervalSet.Builder();
        for (int span = 0; span < device.idle().size(); span++) {
            if (device.idle().cause(span) == Cause.HOST) {
                host.add(device.idle().startNs(span), device.idle().endNs(span));
            }
        }
        return tasks.build().intersect(host.build()).totalNs();
    }

    /** The iterations, all of which the job logged. */
    private static List<IterationAnalysis> iterations(Analysis analysis, JobLog log) {
        List<IterationAnalysis> iterations = analysis.pipelines().get(0).iterations();
        assertThat(iterations).hasSize(log.iterations());
        return iterations;
    }

    private static DeviceAnalysis device(List<IterationAnalysis> iterations, int iteration, int stage) {
        return iterations.get(iteration).devices().stream()
                .filter(device -> device.stage() == stage)
                .findFirst()
                .orElseThrow();
    }

    /** Over all iterations but the first, during which the JVM loads classes. */
    private double sum(IntToDoubleFunction value) throws IOException {
        return IntStream.range(1, log().iterations()).mapToDouble(value).sum();
    }

    /** The middle one of all iterations, as a share of their windows. */
    private static double median(List<IterationAnalysis> iterations, IntToDoubleFunction ns) {
        return JobLog.median(IntStream.range(1, iterations.size())
                .mapToDouble(i -> ns.applyAsDouble(i) / iterations.get(i).windowNs())
                .toArray());
    }

    private static Finding finding(Analysis analysis, String id) {
        return analysis.findings().stream()
                .filter(f -> f.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " not among " + analysis.findings()));
    }

    private Analysis analysis() {
        return Analyzer.analyze(List.of(folder.resolve("job.jfr")), AnalysisOptions.defaults());
    }

    private JobLog log() throws IOException {
        return JobLog.read(folder.resolve("truth.csv"));
    }

    private void run(List<String> jvm, String... options) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvm);
        command.addAll(List.of("-javaagent:" + AGENT + "=file=job.jfr,rule=" + RULE, "-jar", JOB.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--truth", "truth.csv"));
        Process job = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(job.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(job.exitValue()).as(Files.readString(out)).isZero();
    }
}
