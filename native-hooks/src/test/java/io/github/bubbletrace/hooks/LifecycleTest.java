package io.github.bubbletrace.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a job ends, its exit status is its own, and what was completed is in the file. */
class LifecycleTest {

    private static final String KERNEL = "init\nkernel k 1000 2000 0 1 7 1\n";

    @TempDir
    private Path folder;

    private Player player() {
        return new Player(folder.resolve("out")).with("BUBBLETRACE_FLUSH_MS", "20");
    }

    @Test
    void anExitWithoutStopWritesEverything() throws Exception {
        Played played = player().with("BUBBLETRACE_FLUSH_MS", "60000").play(KERNEL + "exit 7\n");
        assertThat(played.status()).isEqualTo(7);
        assertThat(played.kernels()).containsExactly("k");
        assertThat(played.warned("capture-not-ended")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"_exit 3, 3", "abort, 134", "kill, 137"})
    void aJobThatIsKilledLeavesWhatWasFlushed(String end, int status) throws Exception {
        Played played = player().play(KERNEL + "sleep 1500\n" + end + "\n");
        assertThat(played.status()).isEqualTo(status);
        assertThat(played.kernels()).containsExactly("k");
        assertThat(played.warned("capture-not-ended")).isOne();
        assertThat(played.lines()).isEmpty();
    }

    @Test
    void aForkedChildWritesNothing() throws Exception {
        Played played = player().play(KERNEL + "fork\nkernel l 3000 4000 0 1 7 2\n");
        assertThat(played.out()).isEqualTo("child 0\n");
        assertThat(played.kernels()).containsExactly("k", "l");
        assertThat(played.trace().log().warnings()).isEmpty();
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        Played played = player().with("BUBBLETRACE_BUFFER_KB", "32").play("init\nthreads 8 5000\n");
        assertThat(played.kernels()).hasSize(40_000);
    }

    @Test
    void aSlowFlushHoldsNobodyUp() throws Exception {
        Played played = player().with("FAKE_CUPTI_SLOW_MS", "400")
                .play(KERNEL + "sleep 100\ncomplete\nkernel l 3000 4000 0 1 7 2\n");
        assertThat(played.status()).isZero();
        assertThat(played.kernels()).containsExactly("k", "l");
    }

    @Test
    void stopAndStartAgainGivesAnotherFile() throws Exception {
        Played played = player().play(KERNEL
                + "stop\nkernel unrecorded 1 2 0 1 7 9\nstart\nkernel l 3000 4000 0 1 7 2\nstop\nstatus\n");
        assertThat(played.out()).startsWith("stop 0\nstart 0\nstop 0\nstatus 0 state 2");
        assertThat(played.captures()).hasSize(2);
    }

    @Test
    void aSecondInjectionChangesNothing() throws Exception {
        Played played = player().play(KERNEL + "start\nkernel l 3000 4000 0 1 7 2\n");
        assertThat(played.out()).isEqualTo("start 2\n");
        assertThat(played.lines()).isEmpty();
        assertThat(played.kernels()).containsExactly("k", "l");
    }

    @Test
    void rangesNeedTheirOwnInjection() throws Exception {
        String script = "nvtx\ninit\nkernel k 1000 2000 0 1 7 1\nrange 1 5 500 2500 text\n";
        assertThat(player().play(script).trace().ranges().size()).isOne();
        Player off = new Player(folder.resolve("off")).with("BUBBLETRACE_NVTX", "0");
        assertThat(off.play(script).trace().ranges().size()).isZero();
    }

    @Test
    void filesAreNamedByHostProcessAndRank() throws Exception {
        Played played = player().with("RANK", "3").with("WORLD_SIZE", "8").play(KERNEL);
        assertThat(played.captures().get(0).getFileName().toString()).matches("[\\w.-]+-\\d+-rank3\\.btcap");
        assertThat(played.trace().source().rank()).hasValue(3);
        assertThat(played.trace().source().worldSize()).hasValue(8);
    }

    @ParameterizedTest
    @CsvSource({"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"})
    void ranksComeFromEveryLauncher(String variable) throws Exception {
        assertThat(player().with(variable, "5").play(KERNEL).trace().source().rank())
                .hasValue(5);
    }
}
