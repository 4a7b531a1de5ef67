package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs under {@code run}, and {@code doctor}, in processes of their own: their streams and exit status are looked at. */
class RunCommandTest {

    private static final Path FAKES =
            Path.of("../native-hooks/target/fakes").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private final Map<String, String> variables = new TreeMap<>();

    /** What a call left. */
    private record Ended(int status, String out, String err) {}

    @BeforeEach
    void requireFakes() {
        boolean required = "1".equals(System.getenv("BUBBLETRACE_REQUIRE_CC"));
        Assumptions.assumeTrue(required || Files.exists(FAKES.resolve("play")), "no C compiler built the hook library");
        variables.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        variables.put("FAKE_CUPTI", FAKES.resolve("libcupti_fake.so").toString());
        variables.put("FAKE_CUDA", FAKES.resolve("libcuda_fake.so").toString());
        variables.put("BUBBLETRACE_CUPTI", FAKES.resolve("libcupti_fake.so").toString());
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.bubbletrace.cli.Main"));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("BUBBLETRACE_") || name.endsWith("_INJECTION64_PATH"));
        builder.environment().putAll(variables);
        return builder;
    }

    private Ended end(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    private Ended call(String... arguments) throws IOException, InterruptedException {
        Process process = builder(arguments).start();
        try (var in = process.getOutputStream()) {
            in.write("from the outside\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A job that does not read.
        }
        return end(process);
    }

    @Test
    void streamsAndStatusAreTheJobs() throws Exception {
        Ended ended = call("run", "--", "sh", "-c", "cat; echo wrong >&2; exit 7");
        assertThat(ended).isEqualTo(new Ended(7, "from the outside\n", "wrong\n"));
    }

    @Test
    void whatFollowsTheCommandIsTheJobs() throws Exception {
        assertThat(call("run", "echo", "--analyze", "-o", "x").out()).isEqualTo("--analyze -o x\n");
    }

    @Test
    void theJobFindsTheLibraryAndNothingOfTheLauncher() throws Exception {
        variables.put("BUBBLETRACE_TTY", "1");
        variables.put("BUBBLETRACE_LC_ALL", "");
        variables.put("LC_ALL", "C.UTF-8");
        Ended ended = call(
                "run",
                "--no-calls",
                "-o",
                "caps",
                "--",
                "sh",
                "-c",
                "test -x $CUDA_INJECTION64_PATH && echo $BUBBLETRACE_CALLS $BUBBLETRACE_OUTPUT ${BUBBLETRACE_TTY-none}"
                        + " ${LC_ALL-none}");
        assertThat(ended.out()).isEqualTo("0 " + folder.toRealPath().resolve("caps") + " none none\n");
    }

    @Test
    void aJobKilledByASignalSaysSo() throws Exception {
        assertThat(call("run", "--", "sh", "-c", "kill -9 $$").status()).isEqualTo(137);
    }

    @Test
    void aRequestToEndReachesTheJob() throws Exception {
        Process process = builder(
                        "run", "--", "sh", "-c", "trap 'echo bye; exit 9' TERM; echo up; while :; do sleep 0.1; done")
                .start();
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(folder.resolve("out")).contains("up") && System.nanoTime() < limit) {
            Thread.sleep(50);
        }
        process.destroy();
        assertThat(end(process)).isEqualTo(new Ended(9, "up\nbye\n", ""));
    }

    @Test
    void aPipelineIsRecordedAndAnalysed() throws Exception {
        String job =
                "for r in 0 1 2 3; do RANK=$r WORLD_SIZE=4 \"$0\" 1000000000 8 1000000 2000000 3 & done; wait; exit 4";
        Ended ended = call(
                "run",
                "--analyze",
                "-o",
                "caps",
                "--",
                "sh",
                "-c",
                job,
                FAKES.resolve("pipeline_job").toString());
        assertThat(ended.status()).isEqualTo(4);
        assertThat(ended.out()).isEqualTo("33000000\n".repeat(4));
        assertThat(ended.err()).contains("1f1b, 4 stages, 8 micro-batches").doesNotContain("MISUSE");
        assertThat(folder.resolve("bubbletrace-report/report.json")).exists();
        try (Stream<Path> captures = Files.list(folder.resolve("caps"))) {
            assertThat(captures).hasSize(4);
        }
    }

    @Test
    void aJobWithoutCapturesIsSaidAfterIt() throws Exception {
        Ended ended = call("run", "--analyze", "--", "true");
        assertThat(ended.status()).isZero();
        assertThat(ended.err().lines()).singleElement().asString().contains("left no capture; see bubbletrace doctor");
    }

    @Test
    void anotherToolsInjectionIsNotReplaced() throws Exception {
        variables.put("CUDA_INJECTION64_PATH", "/opt/other/libother.so");
        Ended ended = call("run", "--", "true");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .contains("CUDA_INJECTION64_PATH: is set to /opt/other/libother.so");
    }

    @Test
    void aCommandThatIsNotThereIsOneLine() throws Exception {
        Ended ended = call("run", "--", "no-such-command");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualTo("bubbletrace: no-such-command: cannot be run; check the command's name and its"
                        + " permissions\n");
        assertThat(call("run").err()).startsWith("bubbletrace: Missing required parameter");
    }

    @Test
    void theDoctorSaysWhatIsMissing() throws Exception {
        variables.put("BUBBLETRACE_PROBE_LIBCUDA", "/nowhere/libcuda.so");
        variables.put("BUBBLETRACE_CUPTI", "/nowhere/libcupti.so");
        variables.put("NVTX_INJECTION64_PATH", "/opt/other/libother.so");
        Ended ended = call("doctor");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out())
                .containsPattern("(?m)^ok +hooks +.*libbubbletrace_hooks.so$")
                .containsPattern("(?m)^fails +driver +no libcuda.so.1: install the NVIDIA driver")
                .containsPattern("(?m)^fails +cupti +BUBBLETRACE_CUPTI cannot be loaded")
                .containsPattern("(?m)^warns +NVTX slot +NVTX_INJECTION64_PATH is set to /opt/other")
                .endsWith("A job cannot be recorded here.\n");
    }

    @Test
    void theDoctorIsContentWhereAllIsThere() throws Exception {
        variables.put(
                "BUBBLETRACE_PROBE_LIBCUDA", FAKES.resolve("libcuda_fake.so").toString());
        Ended ended = call("doctor");
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out())
                .containsPattern("(?m)^ok +driver +CUDA 13.0$")
                .containsPattern("(?m)^ok +GPUs +4 visible$")
                .containsPattern("(?m)^ok +cupti +.*libcupti_fake.so \\(version 130001\\)$")
                .containsPattern("(?m)^ok +subscription +free$")
                .endsWith("bubbletrace run -- COMMAND\n");
        variables.put("FAKE_CUPTI_FAIL", "cuptiSubscribe_v2=39");
        variables.put("FAKE_CUPTI_OTHER", "CUPTI for Other");
        assertThat(call("doctor").out()).containsPattern("(?m)^fails +subscription +CUPTI is taken by CUPTI for Other");
    }
}
