package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.cli.job.GpuJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent with hooks=on in a job whose native code issues kernels, against the fake libcupti. */
class HooksTest {

    private static final Path AGENT =
            Path.of("../agent/target/bubbletrace-agent.jar").toAbsolutePath();
    private static final Path NATIVE = Path.of("../native-hooks").toAbsolutePath();
    private static final Path FAKE = NATIVE.resolve("target/fakes/libcupti_fake.so");
    private static final String RULE = GpuJob.class.getName() + "#work(stage=arg0,iteration=arg1,microbatch=arg2)";

    @TempDir
    private Path folder;

    @Test
    void kernelsJoinTheirStagesByIds() throws Exception {
        Path library = library();
        String err = run(library, "file=job.jfr,hooks=on,cupti=" + FAKE + ",rule=" + RULE);
        assertThat(err).doesNotContain("bubbletrace", "MISUSE");
        assertThat(captures()).hasSize(1);
        Analysis analysis = Analyzer.analyze(List.of(folder), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).singleElement().satisfies(pipeline -> {
            assertThat(pipeline.stages()).isEqualTo(3);
            assertThat(pipeline.iterations()).hasSize(4);
        });
        for (IterationAnalysis iteration : analysis.pipelines().get(0).iterations()) {
            assertThat(iteration.microBatches()).isEqualTo(6);
            for (DeviceAnalysis device : iteration.devices()) {
                assertThat(device.gpu()).isEqualTo(device.stage());
                // The kernels' own length, which nothing on this machine can change.
                assertThat(device.busyNs()).isEqualTo(6 * 3_000_000L);
            }
        }
    }

    @Test
    void withoutCuptiStagesAreRecordedAlone() throws Exception {
        String err = run(library(), "file=job.jfr,hooks=on,cupti=/none/libcupti.so,rule=" + RULE);
        assertThat(err).contains("bubbletrace: stage spans alone, without kernels: ");
        Analysis analysis = Analyzer.analyze(List.of(folder.resolve("job.jfr")), AnalysisOptions.defaults());
        assertThat(analysis.pipelines())
                .singleElement()
                .satisfies(p -> assertThat(p.iterations()).hasSize(4));
    }

    private List<Path> captures() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".btcap"))
                    .toList();
        }
    }

    /** The job's native code, compiled; without a compiler there is nothing to prove. */
    private Path library() throws IOException, InterruptedException {
        Path jni = Path.of(System.getProperty("java.home"), "include");
        Path library = folder.resolve("libfake_job.so");
        assumeTrue(Files.exists(FAKE) && Files.exists(jni.resolve("jni.h")), "no C compiler or no jni.h");
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-shared",
                        "-fPIC",
                        "-D_GNU_SOURCE",
                        "-I" + jni,
                        "-I" + jni.resolve("linux"),
                        "-I" + NATIVE.resolve("src/main/c"),
                        "-I" + NATIVE.resolve("src/test/c"),
                        "-o",
                        library.toString(),
                        Path.of("src/test/c/fake_job.c").toAbsolutePath().toString(),
                        "-ldl")
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return library;
    }

    private String run(Path library, String options) throws IOException, InterruptedException {
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-javaagent:" + AGENT + "=" + options,
                "-cp",
                System.getProperty("java.class.path"),
                GpuJob.class.getName(),
                library.toString());
        builder.environment().put("FAKE_CUPTI", FAKE.toString());
        Process job = builder.directory(folder.toFile())
                .redirectError(err.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        assertThat(job.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(err);
        assertThat(job.exitValue()).as(text).isZero();
        return text;
    }
}
