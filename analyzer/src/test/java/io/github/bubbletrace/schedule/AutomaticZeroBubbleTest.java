package io.github.bubbletrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AutomaticZeroBubbleTest {

    /** A run drawn from a seed. */
    private record Case(long seed, Shape shape, TaskTimes times, long transferNs) {

        static Case of(long seed) {
            Random random = Seeds.random(seed);
            Shape shape = new Shape(2 + random.nextInt(8), 1, 1 + random.nextInt(40));
            TaskTimes times = new TaskTimes(time(random), time(random), OptionalLong.of(time(random)));
            return new Case(seed, shape, times, random.nextInt(3) * 70L);
        }

        private static long time(Random random) {
            return 300L + random.nextInt(1200);
        }

        Schedule schedule(int limit) {
            return AutomaticZeroBubble.of(shape, times, transferNs, ActivationMemory.activations(limit));
        }

        long makespanNs(Schedule schedule) {
            return Predictor.makespanNs(schedule, times, transferNs);
        }

        long makespanNs(ScheduleKind kind) {
            return makespanNs(kind.generate(shape));
        }

        int devices() {
            return shape.devices();
        }
    }

    static Stream<Case> cases() {
        return IntStream.range(0, 6).mapToObj(Case::of);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noDeviceEverHoldsMoreThanTheLimitAndEveryTaskRunsOnce(Case run) {
        for (int limit : new int[] {1, 2, run.devices() - 1, run.devices(), 2 * run.devices()}) {
            Schedule schedule = run.schedule(limit);
            assertThat(Predictor.predict(schedule, run.times(), run.transferNs())
                            .peakInFlight())
                    .as("%s limit %d", run, limit)
                    .allMatch(peak -> peak <= limit);
            assertThat(schedule.actions())
                    .isEqualTo(3 * run.devices() * run.shape().microBatches());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itIsNeverWorseThanTheHandmadeOnesInTheirMemory(Case run) {
        long plain = run.makespanNs(run.schedule(run.devices()));
        assertThat(plain).as("%s", run).isLessThanOrEqualTo(run.makespanNs(ScheduleKind.ONE_F_ONE_B));
        assertThat(plain).as("%s", run).isLessThanOrEqualTo(run.makespanNs(ScheduleKind.ZB_H1));
        assertThat(run.makespanNs(run.schedule(2 * run.devices())))
                .as("%s", run)
                .isLessThanOrEqualTo(run.makespanNs(ScheduleKind.ZB_H2));
    }

    /** More memory never costs more than 2 %: the choice is greedy. */
    @ParameterizedTest
    @MethodSource("cases")
    void moreMemoryIsHardlyEverSlower(Case run) {
        long best = Long.MAX_VALUE;
        for (int limit = 1; limit <= 2 * run.devices() + 2; limit++) {
            long makespan = run.makespanNs(run.schedule(limit));
            assertThat((double) makespan).as("%s limit %d", run, limit).isLessThanOrEqualTo(1.02 * best);
            best = Math.min(best, makespan);
        }
    }

    /** The last stage cannot start before the first forward has come to it, and has all its work left then. */
    @ParameterizedTest
    @CsvSource({"4, 16, 1000, 1000, 1000", "8, 32, 1000, 1000, 1000", "8, 64, 1800, 1800, 900", "6, 40, 900, 1100, 700"
    })
    void withTwiceTheMemoryOnlyTheFillIsLeft(int p, int m, long f, long b, long w) {
        TaskTimes times = new TaskTimes(f, b, OptionalLong.of(w));
        Shape shape = new Shape(p, 1, m);
        Schedule schedule = AutomaticZeroBubble.of(shape, times, 0, ActivationMemory.activations(2 * p));
        long bound = (p - 1) * f + m * (f + b + w);
        assertThat(Predictor.makespanNs(schedule, times, 0) - bound).isLessThanOrEqualTo(bound / 100);
    }

    /** Qi et al. 2024 find no better schedule in 1F1B's memory than ZB-H1 for these times: (cost - work) / cost. */
    @ParameterizedTest
    @CsvSource({
        "8, 24, 18522, 18086, 9337, 601, 0.1585",
        "8, 64, 29935, 29621, 19388, 535, 0.0554",
    })
    void theMemoryOf1F1BGivesThePublishedRate(int p, int m, long f, long b, long w, long transfer, double rate) {
        TaskTimes times = new TaskTimes(f, b, OptionalLong.of(w));
        Shape shape = new Shape(p, 1, m);
        Schedule schedule = AutomaticZeroBubble.of(shape, times, transfer, ActivationMemory.activations(p));
        double cost = Predictor.makespanNs(schedule, times, transfer);
        assertThat((cost - m * (f + b + w)) / cost).isLessThanOrEqualTo(rate + 5e-5);
    }

    @Test
    void bytesCountWhatTheWeightGradientStillNeeds() {
        Shape shape = new Shape(4, 1, 12);
        TaskTimes times = new TaskTimes(1000, 1000, OptionalLong.of(1000));
        List<Long> sizes = List.of(400L, 300L, 300L, 200L);
        for (long limit : new long[] {400, 700, 1500, 3000}) {
            ActivationMemory memory = new ActivationMemory(limit, sizes, List.of(100L));
            Schedule schedule = AutomaticZeroBubble.of(shape, times, 0, memory);
            for (int device = 0; device < 4; device++) {
                assertThat(memory.peak(device, schedule.order(device))).isLessThanOrEqualTo(limit);
            }
        }
        long whole = held(shape, times, new ActivationMemory(1200, List.of(300L), List.of(300L)));
        long part = held(shape, times, new ActivationMemory(1200, List.of(300L), List.of(100L)));
        assertThat(part).isLessThanOrEqualTo(whole);
    }

    private static long held(Shape shape, TaskTimes times, ActivationMemory memory) {
        return Predictor.makespanNs(AutomaticZeroBubble.of(shape, times, 0, memory), times, 0);
    }

    @Test
    void whatCannotBeIsRefused() {
        Shape shape = new Shape(4, 1, 8);
        TaskTimes times = new TaskTimes(1, 1, OptionalLong.of(1));
        ActivationMemory memory = ActivationMemory.activations(4);
        List<Runnable> impossible = new ArrayList<>();
        impossible.add(() -> ActivationMemory.activations(0));
        impossible.add(() -> new ActivationMemory(10, List.of(4L), List.of(5L)));
        impossible.add(() -> AutomaticZeroBubble.of(shape, TaskTimes.of(1, 1), 0, memory));
        impossible.add(() -> AutomaticZeroBubble.of(new Shape(4, 2, 8), times, 0, memory));
        impossible.add(
                () -> AutomaticZeroBubble.of(shape, times, 0, new ActivationMemory(9, List.of(1L, 2L), List.of(1L))));
        impossible.add(() -> AutomaticZeroBubble.of(new Shape(64, 1, 5000), times, 0, memory));
        impossible.forEach(what -> assertThatThrownBy(what::run).isInstanceOf(IllegalArgumentException.class));
    }
}
