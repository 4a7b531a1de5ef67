package io.github.bubbletrace.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class JobKindsTest {

    private static final String JOB = "io.github.bubbletrace.agent.job.QueueJob";
    private static final String WORK = JOB + "#work(stage=arg0,microbatch=arg1.index())";

    @TempDir
    private Path folder;

    private Jvm job;

    @Test
    void annotationsAndSpansOfTheApi() throws Exception {
        assertThat(run("api", "file=job.jfr")).containsExactlyInAnyOrder("2,5,B", "3,7,F");
    }

    @Test
    void withoutTheAgentTheApiDoesNothing() throws Exception {
        Jvm alone = Jvm.run(folder, "-cp", classPath(), JOB, "api");
        assertThat(alone.out()).isEqualTo("calls 2\n");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreads() throws Exception {
        List<String> expected =
                IntStream.range(0, 200).mapToObj(i -> i % 4 + "," + i + ",F").toList();
        assertThat(run("virtual", "file=job.jfr,rule=" + WORK)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(job.out()).contains("calls 200");
    }

    @Test
    void aMethodThatThrowsThrowsTheSameAndIsRecorded() throws Exception {
        assertThat(run("throws", "file=job.jfr,rule=" + JOB + "#refuse(stage=1,microbatch=arg0.index())"))
                .containsExactly("1,1,F");
        assertThat(job.out()).contains("caught as planned");
    }

    @Test
    void numbersThatCannotBeReadAreCountedAndTheJobNeverSeesIt() throws Exception {
        assertThat(run("nulls", "file=job.jfr,rule=" + WORK)).containsExactly("1,4,F");
        assertThat(job.out()).contains("calls 2");
        List<RecordedEvent> anchors = Recorded.of(folder.resolve("job.jfr")).anchors();
        assertThat(anchors.get(anchors.size() - 1).getLong("failures")).isEqualTo(1);
    }

    @Test
    void stagesOfThreadNames() throws Exception {
        assertThat(run(
                        "names",
                        "file=job.jfr,stages=worker-(\\d+),rule=" + JOB
                                + "#work(stage=thread,microbatch=arg1.index())"))
                .containsExactlyInAnyOrder("0,0,F", "1,1,F", "2,2,F");
    }

    @Test
    void librariesAreKnownWhereNoRuleIsGiven() throws Exception {
        Jvm library = Jvm.run(
                folder,
                "--enable-native-access=ALL-UNNAMED",
                Jvm.agent("file=job.jfr,stages=stage-(.*)"),
                "-cp",
                classPath(),
                "io.github.bubbletrace.agent.job.LibraryJob");
        assertThat(library.err()).isEmpty();
        assertThat(library.out()).startsWith("2.0\n2.0\n2.0\n2.0\n");
        assertThat(spans()).containsExactlyInAnyOrder("1,-1,F", "1,-1,F", "2,-1,F", "5,-1,F", "7,4,B");
    }

    private List<String> run(String kind, String options) throws Exception {
        job = Jvm.run(folder, Jvm.agent(options), "-cp", classPath(), JOB, kind);
        assertThat(job.err()).isEmpty();
        assertThat(job.exitValue()).isZero();
        return spans();
    }

    private List<String> spans() throws IOException {
        List<String> spans = new ArrayList<>();
        for (RecordedEvent span : Recorded.of(folder.resolve("job.jfr")).stages()) {
            spans.add(span.getInt("stage") + "," + span.getInt("microBatch") + "," + span.getValue("phase"));
        }
        return spans;
    }

    private static String classPath() {
        return Jvm.classPath();
    }
}
