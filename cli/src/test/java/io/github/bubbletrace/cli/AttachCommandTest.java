package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.cli.job.DigestJob;
import io.github.bubbletrace.format.UnusableInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachCommandTest {

    @TempDir
    private Path folder;

    /** The README's steps, with a library that knows nothing of pipelines. */
    @Test
    void aLibrarysMethodsThatARulesFileNamesBecomeAPipeline() throws Exception {
        Path rules = Files.write(
                folder.resolve("rules.txt"),
                List.of(
                        "# one method a stage; arrays of a micro-batch are longer by its number",
                        "stages=stage-(\\d)",
                        "org.apache.commons.codec.digest.DigestUtils#sha256Hex(byte[])(stage=thread,microbatch=arg0.length)",
                        "org.apache.commons.codec.digest.DigestUtils#sha512Hex(byte[])(stage=thread,microbatch=arg0.length)",
                        "org.apache.commons.codec.digest.DigestUtils#md5Hex(byte[])(stage=thread,microbatch=arg0.length)"));
        Process job = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DigestJob.class.getName())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        try (var out = job.inputReader()) {
            assertThat(out.readLine()).isEqualTo("running");
            assertThat(Cli.run("status " + job.pid()).errors())
                    .singleElement()
                    .asString()
                    .contains("the agent is not in it; let it in: bubbletrace attach " + job.pid());
            Cli attached = Cli.run("attach " + job.pid(), "file=" + folder.resolve("job.jfr"), "config=" + rules);
            assertThat(attached.errors()).isEmpty();
            assertThat(attached.out()).contains("recording to " + folder.resolve("job.jfr"));
            awaitIterations(job.pid(), folder.resolve("so-far.jfr"));
            assertThat(Cli.run("status " + job.pid()).out()).contains("1 classes with stage methods");
            Cli again = Cli.run("attach " + job.pid(), "file=" + folder.resolve("other.jfr"));
            assertThat(again.status()).isEqualTo(ExitStatus.UNUSABLE);
            assertThat(again.errors()).singleElement().asString().contains("already recording");
            assertThat(Cli.run("detach " + job.pid()).out()).contains("wrote " + folder.resolve("job.jfr"));
            assertThat(Cli.run("detach " + job.pid()).status()).isEqualTo(ExitStatus.UNUSABLE);
        } finally {
            job.destroyForcibly();
        }
        Analysis analysis = Analyzer.analyze(List.of(folder.resolve("job.jfr")), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).singleElement().satisfies(pipeline -> {
            assertThat(pipeline.stages()).isEqualTo(3);
            assertThat(pipeline.microBatches()).isEqualTo(6);
            assertThat(pipeline.iterations()).isNotEmpty();
        });
    }

    /** Waits until the recording holds whole iterations: what it holds so far is analysed again and again. */
    private static void awaitIterations(long pid, Path dump) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        do {
            assertThat(Cli.run("attach " + pid + " dump", "file=" + dump).errors())
                    .isEmpty();
            assertThat(System.nanoTime()).as("nothing recorded for long").isLessThan(end);
        } while (iterations(dump) < 2);
    }

    private static int iterations(Path dump) {
        try {
            return Analyzer.analyze(List.of(dump), AnalysisOptions.defaults()).pipelines().stream()
                    .mapToInt(pipeline -> pipeline.iterations().size())
                    .sum();
        } catch (UnusableInputException e) {
            // No stage method was called yet.
            return 0;
        }
    }

    @Test
    void aJvmThatForbidsAgentsIsSaidInOneLine() throws Exception {
        Process job = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-EnableDynamicAgentLoading",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DigestJob.class.getName())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        try (var out = job.inputReader()) {
            assertThat(out.readLine()).isEqualTo("running");
            Cli attached = Cli.run("attach " + job.pid(), "file=" + folder.resolve("job.jfr"));
            assertThat(attached.status()).isEqualTo(ExitStatus.UNUSABLE);
            assertThat(attached.errors())
                    .singleElement()
                    .asString()
                    .contains("start it with -XX:+EnableDynamicAgentLoading, or with -javaagent");
        } finally {
            job.destroyForcibly();
        }
    }

    @Test
    void whatIsNoJvmIsSaidInOneLine() {
        Cli attached = Cli.run("attach 999999999");
        assertThat(attached.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(attached.errors())
                .singleElement()
                .asString()
                .startsWith("bubbletrace: process 999999999: cannot attach");
    }

    @Test
    void optionsOfTheCommandLineAreThoseOfTheAgent() {
        Path here = Path.of("/home/me");
        assertThat(AttachCommand.command(List.of("file=job.jfr", "rule=a.B#c(stage=1,phase=F)", "stages=s{1,2}"), here))
                .isEqualTo("start,file=/home/me/job.jfr,rule=a.B#c(stage=1,phase=F),stages=s{1\\,2}");
        assertThat(AttachCommand.command(List.of(), here)).isEqualTo("start,file=/home/me/bubbletrace-%p-%t.jfr");
        assertThat(AttachCommand.command(List.of("dump", "file=/x/y.jfr"), here))
                .isEqualTo("dump,file=/x/y.jfr");
        assertThat(AttachCommand.command(List.of("stop"), here)).isEqualTo("stop");
    }
}
