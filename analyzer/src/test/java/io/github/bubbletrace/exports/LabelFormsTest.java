package io.github.bubbletrace.exports;

import static io.github.bubbletrace.exports.Causes.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names that frameworks give their ranges, each in a small run of its schedule. */
class LabelFormsTest {

    @TempDir
    private Path folder;

    private final ExportBuilder export = new ExportBuilder();

    private ExportThread rank(int rank) {
        return export.process(100 + rank).rank(rank).main();
    }

    private Analysed analyse() throws Exception {
        return Analysed.of(export.write(folder.resolve("t.sqlite")));
    }

    /** GPipe of two ranks and two micro-batches: the closed form of the bubble is 1/3. */
    private void gpipe(String firstF, String firstB, String lastF, String lastB) {
        ExportThread first = rank(0);
        ExportThread last = rank(1);
        for (int mb = 0; mb < 2; mb++) {
            long f = mb * 100L * US;
            long b = mb * 200L * US;
            first.task(firstF.replace("#", "" + mb), 0, f, f + 100 * US)
                    .task(firstB.replace("#", "" + mb), 0, b + 500 * US, b + 700 * US);
            last.task(lastF.replace("#", "" + mb), 0, f + 100 * US, f + 200 * US)
                    .task(lastB.replace("#", "" + mb), 0, b + 300 * US, b + 500 * US);
        }
    }

    private void requireGpipe(Analysed analysed) {
        PipelineAnalysis pipeline = analysed.pipeline();
        assertThat(pipeline.stages()).isEqualTo(2);
        assertThat(pipeline.microBatches()).isEqualTo(2);
        assertThat(pipeline.schedule().kind()).isEqualTo("gpipe");
        assertThat(pipeline.totals().bubble()).isEqualTo(1.0 / 3);
        assertThat(pipeline.totals().closedFormBubble()).isEqualTo(1.0 / 3);
        assertThat(analysed.idle(0).get(Cause.TURNAROUND)).isEqualTo(300 * US);
        assertThat(analysed.idle(1).get(Cause.FILL)).isEqualTo(100 * US);
        assertThat(analysed.idle(1).get(Cause.DRAIN)).isEqualTo(200 * US);
    }

    @Test
    void torch() throws Exception {
        gpipe("PP:0F#", "PP:0B#", "PP:1F#", "PP:1B#");
        requireGpipe(analyse());
    }

    @Test
    void torchSingleStageOfEachRank() throws Exception {
        gpipe("Forward #", "Backward #", "Forward #", "Backward #");
        requireGpipe(analyse());
    }

    @Test
    void ownWordsInAnyOrderAndCase() throws Exception {
        gpipe("forward stage=0 mb=#", "bwd MB=# Stage=0", "F pp_rank=1 microbatch=#", "backward mb=# pp=1 layers=12");
        requireGpipe(analyse());
    }

    @Test
    void zeroBubbleForkWithTheMicroBatchAlone() throws Exception {
        gpipe("F#", "B#", "F#.0.7", "B#.0.9");
        requireGpipe(analyse());
    }

    /** One range runs a forward and a backward: both tasks have its hull and replay as one block. */
    @Test
    void torchOverlapRunsTwoTasksAtOnce() throws Exception {
        rank(0).task("PP:0F0", 0, 0, 100 * US)
                .task("PP:0F1", 0, 100 * US, 200 * US)
                .task("PP:0B0", 0, 500 * US, 700 * US)
                .task("PP:0B1", 0, 700 * US, 900 * US);
        rank(1).task("PP:1F0", 0, 100 * US, 200 * US)
                .task("PP:(1F1;1B0)OVERLAP_F_B", 0, 200 * US, 500 * US)
                .task("PP:1B1", 0, 500 * US, 700 * US);
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "1B0", "1F1", "1B1");
        assertThat(analysed.device(0, 1).busyNs()).isEqualTo(600 * US);
        assertThat(analysed.idle(1).get(Cause.FILL)).isEqualTo(100 * US);
    }

    /** Backward kernels of an overlapped pair come from autograd's thread. */
    @Test
    void torchOverlapWithAutograd() throws Exception {
        rank(0).task("PP:0F0", 0, 0, 100)
                .task("PP:0F1", 0, 100, 200)
                .task("PP:0B0", 0, 500, 700)
                .task("PP:0B1", 0, 800, 900);
        ExportProcess last = export.process(101).rank(1);
        last.main()
                .task("PP:1F0", 0, 100, 200)
                .range("PP:(1F1;1B0)OVERLAP_F_B", 200, 500)
                .kernel(0, 7, ExportThread.GEMM, 210, 200, 300)
                .task("PP:1B1", 0, 500, 700);
        last.thread(9).kernel(0, 8, ExportThread.GEMM, 250, 250, 500);
        Analysed analysed = analyse();
        assertThat(analysed.device(0, 1).otherBusyNs()).isZero();
        assertThat(analysed.device(0, 1).tasks().endNs(1)).isEqualTo(500);
    }

    /** W on a second stream begins while the next B runs: one block, nothing is idle between. */
    @Test
    void weightGradientsOnASecondStreamOverlap() throws Exception {
        ExportThread first = rank(0);
        ExportThread last = rank(1);
        first.task("PP:0F0", 0, 0, 100 * US)
                .task("PP:0I0", 0, 300 * US, 400 * US)
                .range("PP:0W0", 400 * US, 401 * US)
                .kernel(0, 9, ExportThread.GEMM, 400 * US, 400 * US, 500 * US);
        last.task("PP:1F0", 0, 100 * US, 200 * US)
                .task("PP:1I0", 0, 200 * US, 300 * US)
                .range("PP:1W0", 290 * US, 291 * US)
                .kernel(0, 9, ExportThread.GEMM, 290 * US, 250 * US, 400 * US);
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "1B0", "1W0");
        assertThat(analysed.idle(1).get(Cause.FILL)).isEqualTo(100 * US);
        assertThat(analysed.idle(1).get(Cause.DRAIN)).isEqualTo(100 * US);
        assertThat(analysed.pipeline().iterations().get(0).replayNs().recorded())
                .isEqualTo(500 * US);
    }

    /** ZB-V: the second chunks of the ranks begin at the last one. */
    @Test
    void zeroBubbleChunksInAV() throws Exception {
        rank(0).task("F0.0.0", 0, 0, 100)
                .task("F0.1.3", 0, 300, 400)
                .task("B0.1.4", 0, 400, 500)
                .task("B0.0.7", 0, 700, 800);
        rank(1).task("F0.0.1", 0, 100, 200)
                .task("F0.1.2", 0, 200, 300)
                .task("B0.1.5", 0, 500, 600)
                .task("B0.0.6", 0, 600, 700);
        Analysed analysed = analyse();
        assertThat(analysed.pipeline().chunksPerDevice()).isEqualTo(2);
        assertThat(analysed.order(0, 0)).containsExactly("0F0", "3F0", "3B0", "0B0");
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "2F0", "2B0", "1B0");
        assertThat(analysed.idle(0).structure()).isEqualTo(400);
    }

    /** DualPipeV names the rank's chunk as phase. */
    @Test
    void dualPipeChunksInAV() throws Exception {
        rank(0).task("forward chunk 3 (phase0)", 0, 0, 100)
                .task("forward chunk 3 (phase1)", 0, 300, 400)
                .task("backward chunk 3 (phase1)", 0, 400, 500)
                .task("backward chunk 3 (phase0)", 0, 700, 800);
        rank(1).task("forward chunk 3 (phase0)", 0, 100, 200)
                .task("forward chunk 3 (phase1)", 0, 200, 300)
                .task("backward chunk 3 (phase1)", 0, 500, 600)
                .task("backward chunk 3 (phase0)", 0, 600, 700);
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 0)).containsExactly("0F3", "3F3", "3B3", "0B3");
        assertThat(analysed.order(0, 1)).containsExactly("1F3", "2F3", "2B3", "1B3");
    }

    /** Megatron's interleaving: stage and local chunk; chunk c lies on place c mod 2. */
    @Test
    void interleavedChunksRoundRobin() throws Exception {
        rank(0).task("stage=0 chunk=0 mb=0 phase=F", 0, 0, 100)
                .task("stage=0 chunk=1 mb=0 phase=F", 0, 200, 300)
                .task("stage=0 chunk=1 mb=0 phase=B", 0, 500, 600)
                .task("stage=0 chunk=0 mb=0 phase=B", 0, 700, 800);
        rank(1).task("stage=1 chunk=0 mb=0 phase=F", 0, 100, 200)
                .task("stage=1 chunk=1 mb=0 phase=F", 0, 300, 400)
                .task("stage=1 chunk=1 mb=0 phase=B", 0, 400, 500)
                .task("stage=1 chunk=0 mb=0 phase=B", 0, 600, 700);
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 0)).containsExactly("0F0", "2F0", "2B0", "0B0");
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "3F0", "3B0", "1B0");
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.TURNAROUND, 400));
    }

    /** vLLM: the k-th range of each rank is micro-batch k; a batch of prefill alone is P. */
    @Test
    void vllmBatches() throws Exception {
        String[] names = {
            "execute_context_2(512)_generation_0(0)", "execute_new_0_cached_6", "execute_context_1(16)_generation_6(6)"
        };
        for (int k = 0; k < names.length; k++) {
            rank(0).task(names[k], 0, k * 100L, k * 100L + 100);
            rank(1).task(names[k], 0, k * 100L + 100, k * 100L + 200);
        }
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 0)).containsExactly("0P0", "0D1", "0F2");
        assertThat(analysed.order(0, 1)).containsExactly("1P0", "1D1", "1F2");
        assertThat(analysed.pipeline().schedule().kind()).isEqualTo("forward");
    }

    /** TensorRT-LLM numbers its steps, with or without tokens. */
    @Test
    void tensorRtBatches() throws Exception {
        for (int rank = 0; rank < 2; rank++) {
            rank(rank)
                    .task(
                            "[Executor] _forward_step 17: 2 ctx reqs, 300 ctx tokens, 0 gen reqs",
                            0,
                            rank * 100L,
                            rank * 100L + 100)
                    .task(
                            "[Executor] _forward_step 18: 0 ctx reqs, 8 gen reqs",
                            0,
                            rank * 100L + 100,
                            rank * 100L + 200);
        }
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 1)).containsExactly("1P17", "1D18");
    }

    /** Inference labels its transfers send_forward whatever the phase. */
    @Test
    void transfersOfPrefillAndDecodeAreForwards() throws Exception {
        rank(0).task("stage=0 mb=0 phase=P", 0, 0, 100 * US)
                .range("send_forward stage=0 mb=0", 100 * US, 101 * US)
                .sendRecv(0, 20, 100 * US, 130 * US);
        rank(1).range("recv_forward stage=1 mb=0", 0, 1 * US)
                .sendRecv(0, 20, 0, 130 * US)
                .task("stage=1 mb=0 phase=P", 0, 130 * US, 230 * US);
        Analysed analysed = analyse();
        assertThat(analysed.warned("p2p-unmatched")).isZero();
        assertThat(analysed.idle(1).get(Cause.P2P)).isEqualTo(30 * US);
        assertThat(analysed.idle(1).get(Cause.FILL)).isEqualTo(100 * US);
    }

    /** Numbers that no pipeline has are no labels; so is a name of ten thousand letters. */
    @Test
    void implausibleNumbersAreNoLabels() throws Exception {
        rank(0).task("it=0 stage=99999999 mb=0 phase=F", 0, 0, 100)
                .task("it=0 stage=0 mb=999999999999 phase=F", 0, 100, 200)
                .task("stage=0 mb=0 phase=F " + "x".repeat(10_000), 0, 200, 300);
        Analysed analysed = analyse();
        assertThat(analysed.analysis().pipelines()).isEmpty();
        assertThat(analysed.warned("no-pipeline")).isEqualTo(1);
        assertThat(analysed.analysis().devices().get(0).busyNs()).isEqualTo(300);
    }
}
