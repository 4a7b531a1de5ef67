package io.github.bubbletrace.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with what the user says, the job runs as it would without the agent; one line says what is wrong. */
class RefusalTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fle=x.jfr | unknown option 'fle'",
                "begin | unknown action 'begin'",
                "file=a.jfr,file=b.jfr | given twice",
                "hooks=yes | use on or off",
                "stages=( | no regular expression",
                "replica=3 | use NUMBER/HOW-MANY",
                "file=%q.jfr | use %p",
                "maxsize=many | use a number and a unit",
                "rotate=0m | use a number and a unit",
                "config=none.txt | cannot read none.txt",
                "file=/proc/none/x.jfr | cannot write",
                "rule=nonsense | is no rule",
                "rule=pkg.None#run | no class pkg.None",
                "rule=io.github.bubbletrace.sample.Stage#walk | no method walk",
                "rule=io.github.bubbletrace.sample.Stage#process(stage=arg1) | arguments up to arg0",
                "rule=io.github.bubbletrace.sample.Stage#process(stage=arg0.size()) | no method size()",
                "rule=io.github.bubbletrace.sample.Stage#process(stage=this.name) | no field name",
                "rule=io.github.bubbletrace.sample.Stage#process(stage=one) | 'one' is no value",
                "rule=io.github.bubbletrace.sample.Stage#process(phase=Q) | phase is 'Q'",
                "rule=io.github.bubbletrace.sample.Stage#process(step=1) | unknown 'step'"
            })
    void agentStaysOutWithOneLine(String options, String problem) throws Exception {
        Jvm job = Jvm.run(
                folder,
                Jvm.agent(options),
                "-jar",
                Jvm.SAMPLE_JOB.toString(),
                "--stages",
                "1",
                "--microbatches",
                "1",
                "--iterations",
                "1",
                "--work",
                "0");
        assertThat(job.exitValue()).isZero();
        assertThat(job.err())
                .singleElement()
                .asString()
                .startsWith("bubbletrace: agent stays out: ")
                .contains(problem);
        assertThat(job.out()).startsWith("process ").doesNotContain("bubbletrace");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(f -> f.toString().endsWith(".jfr"));
        }
    }

    @Test
    void aMistakeInARulesFileIsNamedByItsLine() throws Exception {
        Files.write(folder.resolve("rules.txt"), List.of("# ours", "", "sped=3"));
        Jvm job = Jvm.run(folder, Jvm.agent("config=rules.txt"), "-jar", Jvm.SAMPLE_JOB.toString(), "--help");
        assertThat(job.err()).singleElement().asString().contains("rules.txt line 3: unknown option 'sped'");
    }

    @Test
    void withoutFlightRecorderTheAgentStaysOut() throws Exception {
        Jvm job = Jvm.run(
                folder,
                "--limit-modules",
                "java.base,java.instrument,java.management",
                Jvm.agent("rule=" + Jvm.SAMPLE_RULE),
                "-jar",
                Jvm.SAMPLE_JOB.toString(),
                "--help");
        assertThat(job.exitValue()).isZero();
        assertThat(job.err()).singleElement().asString().contains("no module jdk.jfr");
    }

    @Test
    void inAnImageWithoutFlightRecorderTheAgentStaysOut() throws Exception {
        Jvm job = Jvm.runOn(
                Image.of("java.base,java.instrument,java.management"),
                folder,
                Jvm.agent("rule=" + Jvm.SAMPLE_RULE),
                "-jar",
                Jvm.SAMPLE_JOB.toString(),
                "--help");
        assertThat(job.exitValue()).isZero();
        assertThat(job.out()).startsWith("A pipeline of threads");
        assertThat(job.err()).singleElement().asString().contains("no module jdk.jfr");
    }
}
