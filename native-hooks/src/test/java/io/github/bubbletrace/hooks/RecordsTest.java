package io.github.bubbletrace.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.trace.Trace;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CUPTI gives is what the capture holds, whatever CUPTI's version. */
class RecordsTest {

    private static final String ALL = """
            nvtx
            init
            device 0 85899345920 A GPU
            kernel first 1000 2000 2 1 7 11
            kernel second 2500 4000 2 1 8 12 3 77
            copy 1 5000 5500 2 1 7 13 4096
            peer 2 3 6000 6500 2 1 9 14 8192
            memset 7000 7100 2 1 7 15 64
            runtime 211 900 950 42 11
            driver 307 2400 2450 42 12
            sync 3 7200 7300 1 7 16 0
            range 5 42 800 7400 it=0 stage=0 mb=0 phase=F
            overhead 65536 42 100 200
            memory 1 300 4096 1024 2
            """;

    @TempDir
    private Path folder;

    private Player player() {
        return new Player(folder.resolve("out"));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10})
    void everyVersionOfTheRecordsIsRead(int generation) throws Exception {
        Played played = player().with("FAKE_CUPTI_GENERATION", "" + generation).play(ALL);
        Trace trace = played.trace();
        assertThat(played.err()).isEmpty();
        assertThat(played.status()).isZero();
        assertThat(played.kernels()).containsExactly("first", "second");
        assertThat(trace.kernels().endNs(0) - trace.kernels().startNs(0)).isEqualTo(1000);
        assertThat(trace.kernels().startNs(1) - trace.kernels().startNs(0)).isEqualTo(1500);
        assertThat(trace.kernels().correlation(1)).isEqualTo(12);
        assertThat(trace.kernels().stream(1)).isEqualTo(8);
        assertThat(trace.kernels().gpu(1)).isEqualTo(2);
        assertThat(trace.memoryCopies()).isEqualTo(2);
        assertThat(trace.copies().size()).isEqualTo(3);
        assertThat(trace.copies().source(1)).isEqualTo(2);
        assertThat(trace.copies().target(1)).isEqualTo(3);
        assertThat(trace.calls().size()).isEqualTo(2);
        assertThat(trace.ranges().size()).isOne();
        assertThat(trace.ranges().endNs(0) - trace.ranges().startNs(0)).isEqualTo(6600);
        assertThat(trace.log().warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "18", "28", "130000", "130100"})
    void everyVersionOfCuptiIsTaken(String version) throws Exception {
        Played played = player().with("FAKE_CUPTI_VERSION", version).play(ALL);
        assertThat(played.lines()).isEmpty();
        assertThat(played.trace().source().producer()).endsWith("CUPTI " + version);
    }

    @Test
    void aNewerCuptiIsTakenWithAWord() throws Exception {
        Played played = player().with("FAKE_CUPTI_VERSION", "150000").play(ALL);
        assertThat(played.lines()).singleElement().asString().contains("is of CUDA 15, newer than");
        assertThat(played.kernels()).hasSize(2);
    }

    @Test
    void chattyCallsAreLeftOutUnlessWanted() throws Exception {
        String script = "init\nkernel k 1 2 0 1 7 1\nruntime 10 1 2 5 9\ndriver 304 1 2 5 10\nruntime 211 1 2 5 1\n";
        assertThat(player().play(script).trace().calls().size()).isOne();
        Player all = new Player(folder.resolve("all")).with("BUBBLETRACE_CHATTY", "1");
        assertThat(all.play(script).trace().calls().size()).isEqualTo(3);
        Player none = new Player(folder.resolve("none")).with("BUBBLETRACE_CALLS", "0");
        assertThat(none.play(script).trace().calls().size()).isZero();
    }

    @Test
    void tinyBuffersLoseNothing() throws Exception {
        Played played = player().with("FAKE_CUPTI_USE_BYTES", "300")
                .with("BUBBLETRACE_BUFFER_KB", "1")
                .play("init\nkernels 5000 k 1000 100 50\n");
        assertThat(played.kernels()).hasSize(5000).containsOnly("k");
        assertThat(played.trace().log().warnings()).isEmpty();
    }

    @Test
    void unknownKindsAndUnreadableRecordsDoNotStopTheRest() throws Exception {
        Played played = player().play("""
                        init
                        kernel a 1000 2000 0 1 7 1
                        unknown 55
                        kernel b 3000 4000 0 1 7 2
                        complete
                        kernel c 5000 6000 0 1 7 3
                        unknown 9999
                        kernel d 7000 8000 0 1 7 4
                        complete
                        kernel e 9000 9500 0 1 7 5
                        """);
        assertThat(played.kernels()).containsExactly("a", "b", "c", "e");
        assertThat(played.warned("records-lost")).isOne();
    }

    @Test
    void workThatWasNotOverIsCounted() throws Exception {
        Played played =
                player().play("init\nkernel a 1000 2000 0 1 7 1\nkernel b 3000 0 0 1 7 2\ncopy 1 0 0 0 1 7 3 8\n");
        assertThat(played.kernels()).containsExactly("a");
        assertThat(played.warned("records-incomplete")).isEqualTo(2);
    }

    @Test
    void whatCuptiDropsIsCountedAndSaid() throws Exception {
        Played played = player().play("init\nkernel a 1000 2000 0 1 7 1\ndrop 12\n");
        assertThat(played.warned("records-lost")).isEqualTo(12);
        assertThat(played.lines()).singleElement().asString().contains("12 records were dropped");
    }

    /** The writer sleeps between two looks, so that a burst of small buffers meets the bound. */
    @Test
    void beyondTheBoundRecordsAreDroppedAndCounted() throws Exception {
        int kernels = 40_000;
        Played played = player().with("BUBBLETRACE_MEMORY_MB", "1")
                .with("BUBBLETRACE_BUFFER_KB", "512")
                .play("init\nkernels " + kernels + " k 1000 100 50\n");
        long lost = played.warned("records-lost");
        assertThat(played.kernels().size() + lost).isEqualTo(kernels);
    }

    @Test
    void apiCallsWithoutKernelsAreLoud() throws Exception {
        StringBuilder script = new StringBuilder("init\n");
        IntStream.range(0, 200).forEach(i -> script.append("runtime 211 " + (1000 + i) + " 2000 42 " + i + "\n"));
        Played played = player().play(script.toString());
        assertThat(played.lines()).singleElement().asString().contains("0 kernel records but 200 API calls");
        assertThat(played.warned("kernels-not-recorded")).isOne();
    }

    @Test
    void aJobWithoutGpuWorkLeavesNoFile() throws Exception {
        assertThat(player().play("init\n").captures()).isEmpty();
    }

    @Test
    void spansReachTheFile() throws Exception {
        Played played = player().without("CUDA_INJECTION64_PATH").play("""
            push 5
            start
            push 5
            push 6
            runtime 211 900 950 42 11
            pop
            kernel k 1000 2000 0 1 7 11
            pop
            pop
            flush
            status
            stop
            status
            stop
            """);
        assertThat(played.out().lines())
                .containsExactly(
                        "push 1",
                        "start 0",
                        "push 0",
                        "push 0",
                        "pop 0 id 6",
                        "pop 0 id 5",
                        "pop 7 id 0",
                        "flush 0",
                        "status 0 state 1 cupti 130001 result 0 kernels 1 records 3 dropped 0 path 1 message ",
                        "stop 0",
                        "status 0 state 2 cupti 130001 result 0 kernels 1 records 3 dropped 0 path 1 message ",
                        "stop 1");
        assertThat(played.kernels()).containsExactly("k");
    }
}
