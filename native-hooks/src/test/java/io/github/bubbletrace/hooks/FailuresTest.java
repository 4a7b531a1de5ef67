package io.github.bubbletrace.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong is one line that says what to do; the job runs on and its exit status is untouched. */
class FailuresTest {

    private static final String JOB = "init\nkernel k 1000 2000 0 1 7 1\nprint hello\nexit 5\n";

    @TempDir
    private Path folder;

    private Player player() {
        return new Player(folder.resolve("out"));
    }

    private static void untouched(Played played, String... line) {
        assertThat(played.status()).isEqualTo(5);
        assertThat(played.out()).isEqualTo("hello\n");
        assertThat(played.lines()).singleElement().asString().contains(line);
        assertThat(played.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "999, finds no CUDA driver or no GPU",
        "15, cannot be initialised",
        "14, another tool of this process",
        "35, NVreg_RestrictProfilingToAdminUsers=0",
        "40, enable it in the hypervisor",
        "41, confidential computing",
        "43, MIG",
        "45, WSL",
        "8, CUPTI_ERROR_8",
    })
    void refusalsOfCuptiAreExplained(int code, String meaning) throws Exception {
        for (String function : List.of("cuptiActivityRegisterTimestampCallback", "cuptiActivityEnable")) {
            Played played =
                    player().with("FAKE_CUPTI_FAIL", function + "=" + code).play(JOB);
            untouched(played, meaning, function, "error " + code);
            assertThat(played.captures()).isEmpty();
        }
    }

    @Test
    void theToolThatHoldsCuptiIsNamed() throws Exception {
        untouched(
                player().with("FAKE_CUPTI_FAIL", "cuptiSubscribe_v2=39")
                        .with("FAKE_CUPTI_OTHER", "CUPTI for Other Profiler")
                        .play(JOB),
                "taken by CUPTI for Other Profiler (error 39)");
    }

    @Test
    void whereCuptiDoesNotNameItTheUsualOnesAre() throws Exception {
        untouched(
                player().with("FAKE_CUPTI_FAIL", "cuptiSubscribe_v2=14,cuptiSubscribe=12")
                        .play(JOB),
                "taken by another profiler (error 12)",
                "torch.profiler");
    }

    @Test
    void aKindThatIsRefusedLeavesTheOthers() throws Exception {
        Played played = player().with("FAKE_CUPTI_FAIL", "cuptiActivityEnable:17=27,cuptiActivityEnable:49=27")
                .play(JOB);
        assertThat(played.lines()).isEmpty();
        assertThat(played.kernels()).containsExactly("k");
    }

    @Test
    void aMissingCuptiIsSaid() throws Exception {
        untouched(
                player().with("BUBBLETRACE_CUPTI", "/nowhere/libcupti.so").play("init\nprint hello\nexit 5\n"),
                "BUBBLETRACE_CUPTI cannot be loaded");
    }

    @Test
    void anOldCuptiIsSaid() throws Exception {
        Player old = player().with("FAKE_CUPTI_VERSION", "12");
        untouched(old.play(JOB), "is too old (version 12)");
        Player without = player().with("BUBBLETRACE_CUPTI", Player.fake("libcupti_old.so"));
        untouched(without.play("init\nprint hello\nexit 5\n"), "without cuptiActivityRegisterCallbacks");
    }

    /** The toolkit's own library, where one is installed and no driver is. */
    @Test
    void theRealCuptiWithoutDriverGivesOneLine() throws Exception {
        Path real = Path.of("/usr/local/cuda/lib64/libcupti.so");
        Assumptions.assumeTrue(
                Files.exists(real) && !Files.exists(Path.of("/dev/nvidia0")), "needs CUPTI without a GPU");
        untouched(
                player().with("BUBBLETRACE_CUPTI", real.toString()).play("init\nprint hello\nexit 5\n"),
                "finds no CUDA driver or no GPU (cuptiSubscribe: error 999)");
    }

    @Test
    void anUnwritableFolderIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Played played = player().with("BUBBLETRACE_OUTPUT", file + "/captures").play(JOB);
        untouched(played, file + "/captures: no capture can be made there");
    }

    @Test
    void aFolderIsMade() throws Exception {
        Path deep = folder.resolve("a/b/c");
        assertThat(new Player(deep).play(JOB).kernels()).containsExactly("k");
    }

    /** A limit stands for a disk that is full: writing fails, and the limit's signal must not end the job. */
    @Test
    void aFullDiskEndsTheRecordingAlone() throws Exception {
        Played played = player().with("BUBBLETRACE_FLUSH_MS", "20")
                .under("bash", "-c", "ulimit -f 8; exec \"$@\"", "bash")
                .play(
                        "init\nkernels 50000 k 1000 100 50\nsleep 300\nkernels 100 k 9000000 100 50\nprint hello\nexit 5\n");
        untouched(played, "cannot be written on (File too large); recording ends, the job goes on");
    }

    @Test
    void aLimitOfNothingLeavesNoFile() throws Exception {
        Assumptions.assumeFalse(Player.isSanitized(), "sanitizers write files of their own");
        Played played = player().under(
                        "bash", "-c", "set -o pipefail; (ulimit -f 0; exec \"$@\" 2>&1) | cat >&2", "bash")
                .play(JOB.replace("print hello\n", ""));
        assertThat(played.status()).isEqualTo(5);
        assertThat(played.lines()).singleElement().asString().contains("no capture can be made there (File too large)");
        assertThat(played.captures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BUBBLETRACE_MEMORY_MB=lots",
                "BUBBLETRACE_BUFFER_KB=0",
                "BUBBLETRACE_FLUSH_MS=-1",
                "BUBBLETRACE_CALLS=yes",
                "BUBBLETRACE_NVTX=2",
                "BUBBLETRACE_MEMROY_MB=5"
            })
    void badVariablesWarnAndFallBack(String setting) throws Exception {
        String[] parts = setting.split("=", 2);
        Played played = player().with(parts[0], parts[1]).play(JOB);
        untouched(played, parts[0]);
        assertThat(played.kernels()).containsExactly("k");
    }

    @Test
    void switchedOffItIsSilent() throws Exception {
        Played played = player().with("BUBBLETRACE_ENABLED", "0").play(JOB);
        assertThat(played.err()).isEmpty();
        assertThat(played.captures()).isEmpty();
        assertThat(played.status()).isEqualTo(5);
    }
}
