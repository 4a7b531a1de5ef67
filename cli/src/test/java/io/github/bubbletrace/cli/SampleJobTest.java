package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.attribution.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @TempDir
    private Path folder;

    @Test
    void slowStageIsNamedAndBusyTimesAreTheJobsOwn() throws Exception {
        run(List.of(), "--slow", "2:1.6", "--iterations", "12");
        Analysis analysis = analysis();
        Finding slow = finding(analysis, "slow-stage");
        assertThat(slow.evidence()).containsEntry("stage", 2);
        long[] loggedBusyNs = new long[4];
        Map<Integer, long[]> logged = new TreeMap<>();
        for (String line : truth()) {
            String[] words = line.split(",", -1);
            int iteration = Integer.parseInt(words[0]);
            long start = Long.parseLong(words[3]);
            long end = Long.parseLong(words[4]);
            // The JVM loads classes during the first.
            loggedBusyNs[Integer.parseInt(words[1])] += iteration == 0 ? 0 : end - start;
            long[] window = logged.computeIfAbsent(iteration, i -> new long[] {start, end});
            window[0] = Math.min(window[0], start);
            window[1] = Math.max(window[1], end);
        }
        List<IterationAnalysis> iterations =
                analysis.pipelines().get(0).iterations().stream().skip(1).toList();
        assertThat(iterations).hasSize(logged.size() - 1);
        double windows = logged.entrySet().stream()
                .filter(e -> e.getKey() > 0)
                .mapToLong(e -> e.getValue()[1] - e.getValue()[0])
                .sum();
        assertThat(iterations.stream().mapToLong(IterationAnalysis::windowNs).sum() / windows)
                .isBetween(1 - TOLERANCE, 1 + TOLERANCE);
        for (int stage = 0; stage < loggedBusyNs.length; stage++) {
            int own = stage;
            List<DeviceAnalysis> devices = iterations.stream()
                    .flatMap(iteration -> iteration.devices().stream())
                    .filter(device -> device.stage() == own)
                    .toList();
            double busy = devices.stream().mapToLong(DeviceAnalysis::busyNs).sum() / windows;
            // A pause of the JVM within a task counts for the job, which reads clocks, and not for its devices.
            double paused =
                    devices.stream().mapToLong(d -> d.idleNs().get(Cause.HOST)).sum() / windows;
            assertThat(busy).isLessThan(loggedBusyNs[stage] / windows + TOLERANCE);
            assertThat(busy + paused).isGreaterThan(loggedBusyNs[stage] / windows - TOLERANCE);
        }
    }

    @Test
    void slowHandOverIsTransfersByAsMuchAsItCosts() throws Exception {
        run(List.of(), "--handover", "1:5", "--work", "8", "--iterations", "10");
        Analysis analysis = analysis();
        assertThat(finding(analysis, "slow-transfers").title()).contains("stages 1 and 2");
        // Each stage waits once for the hand-over's cost: those behind it at first, those before it at last.
        for (int stage = 0; stage < 4; stage++) {
            int own = stage;
            double[] excess = analysis.pipelines().get(0).iterations().stream()
                    .mapToDouble(i -> (i.devices().get(own).idleNs().get(Cause.P2P) - 5e6) / i.windowNs())
                    .sorted()
                    .toArray();
            assertThat(excess[excess.length / 2]).as("stage %s", stage).isGreaterThan(-TOLERANCE);
        }
    }

    @Test
    void garbageCollectionsAreTheHostsReason() throws Exception {
        String out = run(
                List.of("-Xmx96m", "-XX:+UseSerialGC"),
                "--kernel",
                "spin",
                "--work",
                "2",
                "--garbage",
                "12",
                "--iterations",
                "15");
        Matcher logged = Pattern.compile("collections took (\\d+) ms").matcher(out);
        assertThat(logged.find()).isTrue();
        assertThat(Long.parseLong(logged.group(1))).isPositive();
        Finding late = finding(analysis(), "late-host");
        assertThat(late.title()).contains("lies in GC pause (");
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

    private List<String> truth() throws IOException {
        return Files.readAllLines(folder.resolve("truth.csv")).stream().skip(1).toList();
    }

    private String run(List<String> jvm, String... options) throws IOException, InterruptedException {
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
        String text = Files.readString(out);
        assertThat(job.exitValue()).as(text).isZero();
        return text;
    }
}
