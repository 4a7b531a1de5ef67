package io.github.bubbletrace.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class PremainTest {

    private static final String[] SMALL_JOB = {
        "-jar", Jvm.SAMPLE_JOB.toString(), "--stages", "3", "--microbatches", "4", "--iterations", "5", "--work", "1"
    };

    @TempDir
    private Path folder;

    @Test
    void everyTaskOfTheJobIsRecordedAsTheJobLoggedIt() throws Exception {
        Path truth = folder.resolve("truth.csv");
        Jvm job = run("file=job.jfr,rule=" + Jvm.SAMPLE_RULE, "--truth", truth.toString());
        assertThat(job.exitValue()).isZero();
        assertThat(job.err()).isEmpty();
        Recorded recorded = Recorded.of(folder.resolve("job.jfr"));
        RecordedEvent anchor = recorded.anchors().get(0);
        long shift = anchor.getLong("nanoTime") - nanos(anchor);
        Map<String, RecordedEvent> spans = new HashMap<>();
        for (RecordedEvent span : recorded.stages()) {
            spans.put(span.getInt("iteration") + "," + span.getInt("stage") + "," + span.getInt("microBatch"), span);
        }
        List<String> tasks = Files.readAllLines(truth).stream().skip(1).toList();
        assertThat(tasks).hasSize(60);
        assertThat(recorded.stages()).hasSize(60);
        for (String task : tasks) {
            String[] words = task.split(",", -1);
            RecordedEvent span = spans.get(words[0] + "," + words[1] + "," + words[2]);
            assertThat(span).as(task).isNotNull();
            // The span lies around what the job measures, so it starts no later and ends no earlier.
            long start = nanos(span) + shift;
            assertThat(start).as(task).isLessThan(Long.parseLong(words[3]) + 10_000);
            assertThat(start + span.getDuration().toNanos()).as(task).isGreaterThan(Long.parseLong(words[4]) - 10_000);
            assertThat(span.getValue("phase").toString()).isEqualTo("F");
        }
    }

    @Test
    void putsAndTakesOfStagesAreRecordedAndThoseOfOthersAreNot() throws Exception {
        run("file=job.jfr,stages=stage-(.*),rule=" + Jvm.SAMPLE_RULE);
        Recorded recorded = Recorded.of(folder.resolve("job.jfr"));
        // Each of three stages takes and puts twenty micro-batches and what ends it.
        assertThat(recorded.transfers()).hasSize(3 * 2 * 21);
        assertThat(recorded.transfers())
                .allMatch(t -> t.getThread().getJavaName().startsWith("stage-"));
    }

    @Test
    void withoutQueuesThereAreNoTransfers() throws Exception {
        run("file=job.jfr,queues=off,rule=" + Jvm.SAMPLE_RULE);
        assertThat(Recorded.of(folder.resolve("job.jfr")).transfers()).isEmpty();
    }

    @Test
    void anImageNeedsTheModulesOfTheAgentAndOfTheJob() throws Exception {
        String[] args = Stream.of(new String[] {Jvm.agent("file=job.jfr,rule=" + Jvm.SAMPLE_RULE)}, SMALL_JOB)
                .flatMap(Stream::of)
                .toArray(String[]::new);
        Jvm job = Jvm.runOn(Image.of("java.base,java.instrument,java.management,jdk.jfr"), folder, args);
        assertThat(job.err()).isEmpty();
        assertThat(job.exitValue()).isZero();
        assertThat(Recorded.of(folder.resolve("job.jfr")).stages()).hasSize(60);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void whereNativeAccessIsDeniedStagesAreRecordedAloneAndOneLineSaysSo() throws Exception {
        try (JarFile agent = new JarFile(Jvm.AGENT.toFile())) {
            assumeTrue(agent.stream().anyMatch(entry -> entry.getName().endsWith("libbubbletrace_jni.so")));
        }
        String[] args = Stream.of(
                        new String[] {
                            "--illegal-native-access=deny", Jvm.agent("file=job.jfr,hooks=on,rule=" + Jvm.SAMPLE_RULE)
                        },
                        SMALL_JOB)
                .flatMap(Stream::of)
                .toArray(String[]::new);
        Jvm job = Jvm.run(folder, args);
        assertThat(job.exitValue()).isZero();
        assertThat(job.err())
                .singleElement()
                .asString()
                .startsWith("bubbletrace: stage spans alone, without kernels: this JVM denies native access");
        assertThat(Recorded.of(folder.resolve("job.jfr")).stages()).hasSize(60);
    }

    @Test
    void besideAnotherAgentThatInstrumentsTheSameJvm() throws Exception {
        String other = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("opentelemetry-javaagent"))
                .findFirst()
                .orElseThrow();
        String[] agents = {
            "-Dotel.traces.exporter=none",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none",
            "-javaagent:" + other,
            Jvm.agent("file=job.jfr,rule=" + Jvm.SAMPLE_RULE)
        };
        Jvm job =
                Jvm.run(folder, Stream.of(agents, SMALL_JOB).flatMap(Stream::of).toArray(String[]::new));
        assertThat(job.exitValue()).isZero();
        assertThat(job.out()).contains("stage 2 worked");
        assertThat(Recorded.of(folder.resolve("job.jfr")).stages()).hasSize(60);
    }

    private static long nanos(RecordedEvent event) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, event.getStartTime());
    }

    private Jvm run(String options, String... more) throws IOException, InterruptedException {
        String[] args = Stream.of(new String[] {Jvm.agent(options)}, SMALL_JOB, more)
                .flatMap(Stream::of)
                .toArray(String[]::new);
        return Jvm.run(folder, args);
    }
}
