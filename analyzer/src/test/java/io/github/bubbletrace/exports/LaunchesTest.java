package io.github.bubbletrace.exports;

import static io.github.bubbletrace.exports.Causes.US;
import static io.github.bubbletrace.exports.Causes.idle;
import static io.github.bubbletrace.exports.ExportThread.GEMM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.attribution.Cause;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which task a kernel belongs to: by the thread and the time of its launch, never by when it ran. */
class LaunchesTest {

    @TempDir
    private Path folder;

    private final ExportBuilder export = new ExportBuilder();

    private Analysed analyse() throws Exception {
        return Analysed.of(export.write(folder.resolve("t.sqlite")));
    }

    /** The host runs far ahead: both forwards are launched before the first kernel starts. */
    @Test
    void launchesRunAheadOfTheGpu() throws Exception {
        export.process(1)
                .rank(0)
                .main()
                .range("it=0 stage=0 mb=0 phase=F", 0, 10)
                .kernel(0, 7, GEMM, 1, 100, 200)
                .kernel(0, 7, GEMM, 2, 200, 300)
                .range("it=0 stage=0 mb=1 phase=F", 10, 20)
                .kernel(0, 7, GEMM, 11, 300, 400);
        export.process(2)
                .rank(1)
                .main()
                .range("it=0 stage=1 mb=0 phase=F", 0, 10)
                .range("it=0 stage=1 mb=1 phase=F", 10, 20)
                .kernel(0, 7, GEMM, 11, 500, 600)
                .kernel(0, 7, GEMM, 1, 300, 500);
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 0)).containsExactly("0F0", "0F1");
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "1F1");
        assertThat(analysed.device(0, 0).tasks().endNs(0)).isEqualTo(300);
        assertThat(analysed.device(0, 1).tasks().endNs(0)).isEqualTo(500);
        assertThat(analysed.warned("kernels-without-api-call")).isZero();
    }

    /** Each micro-batch comes from a thread of its own, and the second thread launches first. */
    @Test
    void threadsOfAProcessHaveRangesOfTheirOwn() throws Exception {
        ExportProcess first = export.process(1).rank(0);
        first.thread(11).range("F0", 50, 90).kernel(0, 7, GEMM, 60, 100, 200);
        first.thread(12).range("F1", 40, 95).kernel(0, 7, GEMM, 55, 200, 300);
        ExportProcess last = export.process(2).rank(1);
        last.thread(11).range("F0", 50, 90).kernel(0, 7, GEMM, 60, 200, 300);
        last.thread(12).range("F1", 40, 95).kernel(0, 7, GEMM, 55, 300, 400);
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 0)).containsExactly("0F0", "0F1");
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "1F1");
        assertThat(analysed.device(0, 1).idleNs().get(Cause.FILL)).isEqualTo(100);
    }

    /** The labelled thread waits inside its range while autograd's thread launches. */
    @Test
    void backwardKernelsComeFromAThreadWithoutLabels() throws Exception {
        for (int rank = 0; rank < 2; rank++) {
            ExportProcess process = export.process(1 + rank).rank(rank);
            long forward = rank * 100L;
            long backward = 400 - rank * 200L;
            process.main()
                    .task("it=0 stage=" + rank + " mb=0 phase=F", 0, forward, forward + 100)
                    .range("it=0 stage=" + rank + " mb=0 phase=B", backward, backward + 200);
            process.thread(77).kernel(0, 7, GEMM, backward + 5, backward, backward + 200);
        }
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 0)).containsExactly("0F0", "0B0");
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "1B0");
        assertThat(analysed.device(0, 0).otherBusyNs()).isZero();
        assertThat(analysed.device(0, 0).idleNs().get(Cause.TURNAROUND)).isEqualTo(300);
    }

    /** One process drives two GPUs, a thread and an autograd thread each, whose backwards overlap. */
    @Test
    void backwardKernelsGoToTheRangeOfTheirGpu() throws Exception {
        ExportProcess process = export.process(1).rank(0);
        for (int stage = 0; stage < 2; stage++) {
            long forward = stage * 100L;
            process.thread(10 + stage)
                    .task("stage=" + stage + " mb=0 phase=F", stage, forward, forward + 100)
                    .range("stage=" + stage + " mb=0 phase=B", 200, 600);
            long backward = 400 - stage * 200L;
            process.thread(20 + stage).kernel(stage, 7, GEMM, 250 + stage, backward, backward + 200);
        }
        Analysed analysed = analyse();
        assertThat(analysed.device(0, 1).device()).isEqualTo("rank0:gpu1");
        assertThat(analysed.order(0, 0)).containsExactly("0F0", "0B0");
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "1B0");
        assertThat(analysed.warned("ambiguous-launches")).isZero();
    }

    /** An optimizer step of one stage's own thread is no part of the other stage's backward. */
    @Test
    void kernelsOfALabelledThreadNeverJoinAnotherThreadsRange() throws Exception {
        ExportProcess process = export.process(1).rank(0);
        ExportThread first = process.thread(10);
        ExportThread last = process.thread(11);
        first.task("stage=0 mb=0 phase=F", 0, 0, 100).task("stage=0 mb=0 phase=B", 0, 400, 600);
        last.task("stage=1 mb=0 phase=F", 1, 100, 200)
                .task("stage=1 mb=0 phase=B", 1, 200, 400)
                .kernel(1, 7, GEMM, 450, 450, 500);
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "1B0");
        assertThat(analysed.device(0, 1).otherBusyNs()).isEqualTo(50);
        assertThat(analysed.idle(1).get(Cause.DRAIN)).isEqualTo(150);
    }

    /** Two unlabelled launches while two threads are inside backwards on the same GPU: nobody can tell. */
    @Test
    void ambiguousLaunchesAreCounted() throws Exception {
        ExportProcess process = export.process(1).rank(0);
        process.thread(10).task("stage=0 mb=0 phase=F", 0, 0, 100).task("stage=0 mb=0 phase=B", 0, 200, 400);
        process.thread(11).task("stage=0 mb=1 phase=F", 0, 100, 200).task("stage=0 mb=1 phase=B", 0, 250, 500);
        process.thread(20).kernel(0, 9, GEMM, 300, 500, 510);
        assertThat(analyse().warned("ambiguous-launches")).isEqualTo(1);
    }

    /** Frameworks open a range again inside itself: layer by layer it is the same task. */
    @Test
    void equalRangesWithinEachOtherAreOneTask() throws Exception {
        for (int rank = 0; rank < 2; rank++) {
            long at = rank * 100L;
            export.process(1 + rank)
                    .rank(rank)
                    .main()
                    .range("F0", at, at + 100)
                    .range("F0", at + 10, at + 40)
                    .range("F0", at + 50, at + 90)
                    .kernel(0, 7, GEMM, at + 1, at, at + 30)
                    .kernel(0, 7, GEMM, at + 11, at + 30, at + 60)
                    .kernel(0, 7, GEMM, at + 51, at + 60, at + 100);
        }
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 0)).containsExactly("0F0");
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.DRAIN, 100));
        assertThat(analysed.pipeline().iterations()).hasSize(1);
    }

    /** Start/end ranges need not nest: the one opened last that still holds counts. */
    @Test
    void rangesThatOverlapWithoutNesting() throws Exception {
        export.process(1)
                .rank(0)
                .main()
                .startEnd("F0", 0, 60)
                .startEnd("F1", 40, 100)
                .kernel(0, 7, GEMM, 10, 100, 200)
                .kernel(0, 7, GEMM, 50, 200, 300)
                .kernel(0, 7, GEMM, 70, 300, 400);
        export.process(2)
                .rank(1)
                .main()
                .registered("F0", 0, 50)
                .open("F1", 60)
                .kernel(0, 7, GEMM, 10, 200, 300)
                .kernel(0, 7, GEMM, 1000, 400, 500);
        Analysed analysed = analyse();
        assertThat(analysed.order(0, 0)).containsExactly("0F0", "0F1");
        assertThat(analysed.device(0, 0).tasks().startNs(1)).isEqualTo(200);
        assertThat(analysed.order(0, 1)).containsExactly("1F0", "1F1");
        assertThat(analysed.warned("open-ranges")).isEqualTo(1);
    }

    /** Correlation ids start at 1 in every process. */
    @Test
    void equalCorrelationIdsOfTwoProcesses() throws Exception {
        export.process(1).rank(0).main().task("F0", 0, 0, 100 * US);
        export.process(2).rank(1).main().task("F0", 0, 100 * US, 200 * US);
        Analysed analysed = analyse();
        assertThat(analysed.idle(0)).isEqualTo(idle(Cause.DRAIN, 100));
        assertThat(analysed.idle(1)).isEqualTo(idle(Cause.FILL, 100));
    }
}
