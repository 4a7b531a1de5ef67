package io.github.bubbletrace.exports;

import static io.github.bubbletrace.exports.ExportThread.ADAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.attribution.Cause;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where one iteration ends and the next begins when labels do not say. */
class IterationsTest {

    /** Tasks of one 1F1B iteration of two ranks and two micro-batches, 100 a forward and 200 a backward. */
    private static final Object[][][] TASKS = {
        {{"PP:0F0", 0, 100}, {"PP:0F1", 100, 200}, {"PP:0B0", 400, 600}, {"PP:0B1", 700, 900}},
        {{"PP:1F0", 100, 200}, {"PP:1B0", 200, 400}, {"PP:1F1", 400, 500}, {"PP:1B1", 500, 700}}
    };

    private static final long PERIOD = 1000;

    @TempDir
    private Path folder;

    private final ExportBuilder export = new ExportBuilder();

    private ExportThread rank(int rank) {
        return export.process(100 + rank).rank(rank).main();
    }

    /** The run of {@code iterations}, of which only tasks within the capture are in the trace. */
    private void run(int iterations, long fromNs, long toNs) {
        for (int it = 0; it < iterations; it++) {
            for (int rank = 0; rank < TASKS.length; rank++) {
                for (Object[] task : TASKS[rank]) {
                    long start = it * PERIOD + (int) task[1];
                    long end = it * PERIOD + (int) task[2];
                    if (start >= fromNs && end <= toNs) {
                        rank(rank).task((String) task[0], 0, start, end);
                    }
                }
            }
        }
    }

    private Analysed analyse() throws Exception {
        return Analysed.of(export.write(folder.resolve("t.sqlite")));
    }

    private static void requireWhole(Analysed analysed, int iterations) {
        assertThat(analysed.pipeline().iterations()).hasSize(iterations);
        for (IterationAnalysis iteration : analysed.pipeline().iterations()) {
            assertThat(iteration.windowNs()).isEqualTo(900);
            assertThat(iteration.devices().get(0).idleNs().get(Cause.TURNAROUND))
                    .isEqualTo(300);
            assertThat(iteration.devices().get(1).idleNs().get(Cause.FILL)).isEqualTo(100);
            assertThat(iteration.devices().get(1).idleNs().get(Cause.DRAIN)).isEqualTo(200);
        }
        assertThat(analysed.pipeline().schedule().kind()).isEqualTo("1f1b");
    }

    @Test
    void microBatchesThatStartAgain() throws Exception {
        run(3, 0, 3000);
        requireWhole(analyse(), 3);
    }

    /** Between two naive micro-batches nothing is in flight, whether or not they touch. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 50})
    void naiveMicroBatchesAreFlushed(long pauseNs) throws Exception {
        for (int mb = 0; mb < 3; mb++) {
            long start = mb * (600 + pauseNs);
            rank(0).task("PP:0F" + mb, 0, start, start + 100);
            rank(1).task("PP:1F" + mb, 0, start + 100, start + 200);
            rank(1).task("PP:1B" + mb, 0, start + 200, start + 400);
            rank(0).task("PP:0B" + mb, 0, start + 400, start + 600);
        }
        assertThat(analyse().pipeline().iterations())
                .hasSize(3)
                .allSatisfy(iteration -> assertThat(iteration.windowNs()).isEqualTo(600));
    }

    @Test
    void stepRangesOfTheMainThread() throws Exception {
        run(3, 0, 3000);
        for (int it = 0; it < 3; it++) {
            rank(0).range("ProfilerStep#" + (7 + it), it * PERIOD, it * PERIOD + 950);
            rank(1).range("ProfilerStep#" + (7 + it), it * PERIOD, it * PERIOD + 950);
        }
        Analysed analysed = analyse();
        requireWhole(analysed, 3);
        assertThat(analysed.iteration(0).index()).isEqualTo(7);
    }

    @Test
    void stepRangesOfTheZeroBubbleForkNameTheirRank() throws Exception {
        run(2, 0, 2000);
        for (int it = 0; it < 2; it++) {
            rank(0).range("iter_0_" + it, it * PERIOD, it * PERIOD + 950);
            rank(1).range("iter_1_" + it, it * PERIOD, it * PERIOD + 950);
        }
        requireWhole(analyse(), 2);
    }

    /** Each rank counts its steps from where it began to profile. */
    @Test
    void stepNumbersThatDifferByRank() throws Exception {
        run(3, 0, 3000);
        for (int it = 0; it < 3; it++) {
            rank(0).range("step " + (100 + it), it * PERIOD, it * PERIOD + 950);
            rank(1).range("step " + it, it * PERIOD, it * PERIOD + 950);
        }
        requireWhole(analyse(), 3);
    }

    @Test
    void optimizerKernelsBetweenIterations() throws Exception {
        run(3, 0, 3000);
        for (int it = 0; it < 2; it++) {
            for (int rank = 0; rank < 2; rank++) {
                long at = it * PERIOD + 920;
                rank(rank).kernel(0, 7, ADAM, at, at, at + 30);
            }
        }
        Analysed analysed = analyse();
        requireWhole(analysed, 3);
        assertThat(analysed.device(0, 0).boundary().computeNs()).isEqualTo(30);
        assertThat(analysed.device(0, 0).boundary().idleNs()).isEqualTo(70);
    }

    /** Micro-batches numbered through: nothing is in flight between the iterations. */
    @Test
    void aFlushBetweenMicroBatchesThatNeverStartAgain() throws Exception {
        for (int it = 0; it < 2; it++) {
            long at = it * PERIOD;
            rank(0).task("PP:0F" + it, 0, at, at + 100).task("PP:0B" + it, 0, at + 400, at + 600);
            rank(1).task("PP:1F" + it, 0, at + 100, at + 200).task("PP:1B" + it, 0, at + 200, at + 400);
        }
        Analysed analysed = analyse();
        assertThat(analysed.pipeline().iterations()).hasSize(2);
        assertThat(analysed.iteration(1).windowNs()).isEqualTo(600);
    }

    /** The capture began within the first iteration and ended within the last. */
    @Test
    void iterationsThatTheCaptureCutsAreLeftOut() throws Exception {
        run(5, 450, 4450);
        Analysed analysed = analyse();
        requireWhole(analysed, 3);
        assertThat(analysed.warned("cut-iterations")).isEqualTo(2);
    }

    /** So early a start leaves the cut iteration's backwards alone before the first whole one. */
    @Test
    void aCaptureThatBeginsWithBackwards() throws Exception {
        run(3, 600, 3000);
        Analysed analysed = analyse();
        requireWhole(analysed, 2);
        assertThat(analysed.warned("cut-iterations")).isEqualTo(1);
    }

    @Test
    void nothingButACutIterationIsUnresolved() throws Exception {
        run(1, 150, 650);
        Analysed analysed = analyse();
        assertThat(analysed.warned("only-cut-iterations")).isEqualTo(1);
        assertThat(analysed.idle(0).get(Cause.UNRESOLVED))
                .isEqualTo(analysed.idle(0).total())
                .isPositive();
    }

    @Test
    void tasksOutsideEveryStepAreCounted() throws Exception {
        run(2, 0, 2000);
        for (int rank = 0; rank < 2; rank++) {
            rank(rank).range("step 0", 0, 950);
        }
        Analysed analysed = analyse();
        requireWhole(analysed, 1);
        assertThat(analysed.warned("tasks-outside-steps")).isEqualTo(8);
    }
}
