package io.github.bubbletrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that the schedules' authors published, out of the same replay that predicts. */
class PublishedFiguresTest {

    /** Qi et al. 2024, table of bubble rates: (cost - m (TF + TB + TW)) / cost, times in microseconds. */
    @ParameterizedTest
    @CsvSource({
        "8, 24, 18522, 18086, 9337, 601, 0.2431, 0.1585",
        "8, 64, 29935, 29621, 19388, 535, 0.1091, 0.0554",
        "32, 256, 10402, 10248, 7698, 460, 0.1352, 0.0594",
    })
    void theBubbleRatesOf1F1BAndZbH1(int p, int m, long f, long b, long w, long transfer, double plain, double h1) {
        TaskTimes times = new TaskTimes(f * 1000, b * 1000, OptionalLong.of(w * 1000));
        Shape shape = new Shape(p, 1, m);
        assertThat(rate(ScheduleKind.ONE_F_ONE_B, shape, times, transfer * 1000))
                .isEqualTo(plain);
        assertThat(rate(ScheduleKind.ZB_H1, shape, times, transfer * 1000)).isEqualTo(h1);
    }

    private static double rate(ScheduleKind kind, Shape shape, TaskTimes times, long transferNs) {
        double cost = Predictor.predict(kind, shape, times, transferNs).makespanNs();
        double work = (double) shape.microBatches() * (times.forwardNs() + times.fullBackwardNs());
        return Math.round(1e4 * (cost - work) / cost) / 1e4;
    }

    /** F 1, B 1 + 1 = 2 with the weight gradient; per chunk, so twice that a device where one direction passes both. */
    @Test
    void dualPipeVIdlesOnItsLastRanksOnceOverlapsSaveTime() {
        Shape shape = new Shape(4, 2, 10);
        TaskTimes times = new TaskTimes(2000, 2000, OptionalLong.of(2000));
        assertThat(idle(ScheduleKind.DUALPIPE_V, shape, times.withOverlap(6000)))
                .containsExactly(6000L, 6000L, 6000L, 6000L);
        assertThat(idle(ScheduleKind.DUALPIPE_V, shape, times.withOverlap(4000)))
                .containsExactly(1000L, 2000L, 3000L, 3000L);
    }

    @Test
    void dualPipeIdlesInItsMiddleOnceOverlapsSaveTime() {
        Shape shape = new Shape(8, 2, 20);
        TaskTimes times = new TaskTimes(1000, 1000, OptionalLong.of(1000));
        assertThat(idle(ScheduleKind.DUALPIPE, shape, times)).containsOnly(6000L);
        assertThat(idle(ScheduleKind.DUALPIPE, shape, times.withOverlap(2000)))
                .containsExactly(1000L, 2000L, 3000L, 3000L, 3000L, 3000L, 2000L, 1000L);
        Prediction prediction = Predictor.predict(ScheduleKind.DUALPIPE, shape, times.withOverlap(2000), 0);
        assertThat(prediction.worstDevice()).isEqualTo(2);
    }

    private static List<Long> idle(ScheduleKind kind, Shape shape, TaskTimes times) {
        return Predictor.predict(kind, shape, times, 0).stages().stream()
                .map(StagePrediction::idleNs)
                .toList();
    }

    /** Equal times: H2 and V leave only the slots in which the pipeline fills and drains. */
    @Test
    void zbH2AndZbVIdleOnlyWhileThePipelineFills() {
        for (int p = 2; p <= 16; p++) {
            for (int m : new int[] {2 * p - 1, 2 * p, 3 * p + 1, 64}) {
                TaskTimes one = new TaskTimes(1000, 1000, OptionalLong.of(1000));
                TaskTimes two = new TaskTimes(2000, 2000, OptionalLong.of(2000));
                assertThat(idle(ScheduleKind.ZB_H2, new Shape(p, 1, m), one)).containsOnly((p - 1) * 1000L);
                assertThat(idle(ScheduleKind.ZB_V, new Shape(p, 2, m), two)).containsOnly((p - 1) * 1000L);
            }
        }
    }

    /** H1 in 1F1B's memory, H2 in twice, V in as many halves. */
    @Test
    void zeroBubblePeaks() {
        for (int p = 2; p <= 16; p++) {
            TaskTimes times = new TaskTimes(1000, 1000, OptionalLong.of(1000));
            assertThat(peaks(ScheduleKind.ZB_H1, new Shape(p, 1, 64), times)).containsOnly(p);
            assertThat(peaks(ScheduleKind.ZB_H2, new Shape(p, 1, 64), times)).containsOnly(2 * p - 1);
            assertThat(peaks(ScheduleKind.ZB_V, new Shape(p, 2, 64), times)).allMatch(peak -> peak <= 2 * 16);
        }
        assertThat(peaks(ScheduleKind.ZB_V, new Shape(4, 2, 64), new TaskTimes(2, 2, OptionalLong.of(2))))
                .containsOnly(8);
    }

    private static List<Integer> peaks(ScheduleKind kind, Shape shape, TaskTimes times) {
        return Predictor.predict(kind, shape, times, 0).peakInFlight();
    }

    /** Lifetimes of GPipe: backwards in the same order and in reverse. */
    @Test
    void activationsLiveAsLongAsTheFormsSay() {
        int p = 4;
        int m = 6;
        long tf = 1000;
        long tb = 2500;
        List<Schedule> variants = ScheduleKind.GPIPE.variants(new Shape(p, 1, m));
        for (int i = 0; i < p; i++) {
            double same = 0;
            double reverse = 0;
            for (int j = 0; j < m; j++) {
                same += (p - 1 - i) * (tf + tb) + (m - 1 - j) * tf + j * tb;
                reverse += ((p - 1 - i) + (m - 1 - j)) * (tf + tb);
            }
            assertThat((double) lifetime(variants.get(0), i, tf, tb)).isCloseTo(same / m, within(1.0));
            assertThat((double) lifetime(variants.get(1), i, tf, tb)).isCloseTo(reverse / m, within(1.0));
        }
    }

    private static long lifetime(Schedule schedule, int stage, long tf, long tb) {
        return Predictor.predict(schedule, TaskTimes.of(tf, tb), 0)
                .stages()
                .get(stage)
                .meanLifetimeNs();
    }

    @Test
    void theMemoryCurveEndsEmptyAndPeaksWhereTheOrderDoes() {
        TaskTimes times = new TaskTimes(1000, 1000, OptionalLong.of(1000));
        for (ScheduleKind kind : List.of(ScheduleKind.GPIPE, ScheduleKind.ZB_H1, ScheduleKind.ZB_H2)) {
            Schedule schedule = kind.generate(new Shape(4, 1, 12));
            List<Integer> peaks = Predictor.predict(schedule, times, 0).peakInFlight();
            List<List<MemoryCurve.Step>> curves = Predictor.memory(schedule, times, 0);
            for (int device = 0; device < 4; device++) {
                List<MemoryCurve.Step> curve = curves.get(device);
                assertThat(curve.get(curve.size() - 1).held()).isZero();
                assertThat(curve.stream().mapToInt(MemoryCurve.Step::held).max())
                        .hasValue(peaks.get(device));
            }
        }
    }

    /** The steady state by the form is that of the replay: 200 further passes take 200 intervals. */
    @ParameterizedTest
    @CsvSource({"4, 4, 1000, 500, 0", "4, 2, 1000, 500, 100", "8, 8, 700, 1900, 30", "3, 1, 1000, 0, 0"})
    void speculationTakesItsInterval(int p, int k, long verify, long draft, long transfer) {
        Serving serving = new Serving(k, 0).drafting(3, 0.7);
        TaskTimes times = TaskTimes.of(verify, 0).serving(OptionalLong.empty(), draft);
        Prediction few = Predictor.predict(ScheduleKind.DECODE, new Shape(p, 1, 200).with(serving), times, transfer);
        Prediction many = Predictor.predict(ScheduleKind.DECODE, new Shape(p, 1, 400).with(serving), times, transfer);
        DecodePrediction loop = many.decode().orElseThrow();
        double interval = (many.makespanNs() - few.makespanNs()) / 200.0;
        assertThat((double) loop.passIntervalNs()).isCloseTo(interval, within(0.01 * interval));
        assertThat(loop.tokensPerPass()).isCloseTo(1 + 0.7 + 0.49 + 0.343, within(1e-9));
        assertThat((double) loop.tokenIntervalNs()).isCloseTo(k * interval / 2.533, within(0.01 * k * interval));
    }

    @Test
    void sizesScaleEveryTaskOfTheirMicroBatch() {
        TaskTimes times = TaskTimes.of(1000, 2000).sized(List.of(1.0, 3.0));
        Prediction prediction = Predictor.predict(ScheduleKind.GPIPE, new Shape(2, 1, 4), times, 0);
        assertThat(prediction.idealNs()).isEqualTo(2 * (1 + 3) * 3000);
        assertThat(prediction.closedFormBubble()).isEmpty();
    }

    @Test
    void pipeDreamKeepsAVersionOfTheWeightsForEachForwardInFlight() {
        Prediction prediction = Predictor.predict(ScheduleKind.PIPEDREAM, new Shape(4, 1, 12), TaskTimes.of(1, 2), 0);
        assertThat(prediction.stages().stream().map(StagePrediction::weightVersions))
                .containsExactly(4, 3, 2, 1);
        assertThat(Predictor.predict(ScheduleKind.ONE_F_ONE_B, new Shape(4, 1, 12), TaskTimes.of(1, 2), 0)
                        .stages())
                .allMatch(stage -> stage.weightVersions() == 1);
    }

    @Test
    void decodesSteadyState() {
        Shape shape = new Shape(4, 1, 400).with(new Serving(2, 0));
        DecodePrediction loop = Predictor.predict(ScheduleKind.DECODE, shape, TaskTimes.of(1000, 0), 100)
                .decode()
                .orElseThrow();
        assertThat(loop.passIntervalNs()).isEqualTo((4 * 1000 + 4 * 100) / 2);
        assertThat(loop.tokenIntervalNs()).isEqualTo(4400);
        assertThat(loop.starvation()).isCloseTo(1 - 1000 / 2200.0, within(1e-9));
        Prediction whole = Predictor.predict(ScheduleKind.DECODE, shape, TaskTimes.of(1000, 0), 0);
        assertThat(whole.bubble()).isCloseTo(1 - 2 / 4.0, within(0.01));
    }
}
