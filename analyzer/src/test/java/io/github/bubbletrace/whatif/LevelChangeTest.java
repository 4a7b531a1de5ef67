package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.SimulatedIteration;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Planted changes of level are found at their place; chance, drift and single odd steps are none. */
class LevelChangeTest {

    /** Distributions of a step. */
    private enum Noise {
        NORMAL,
        SKEWED,
        HEAVY,
        TWO_VALUES;

        private double one(Random random) {
            return switch (this) {
                case NORMAL -> 1 + 0.01 * random.nextGaussian();
                case SKEWED -> 1 - 0.02 * Math.log(1 - random.nextDouble());
                case HEAVY -> 1 + 0.01 * Math.abs(random.nextGaussian() / Math.max(0.01, random.nextDouble()));
                case TWO_VALUES -> random.nextBoolean() ? 1 : 1.1;
            };
        }

        double[] steps(int count, Random random) {
            return IntStream.range(0, count).mapToDouble(i -> one(random)).toArray();
        }
    }

    @ParameterizedTest(name = "{0} steps, the first {1} at {2}, seed {3}")
    @CsvSource({
        "12, 3, 0.94, 1",
        "20, 2, 1.10, 2",
        "16, 4, 0.95, 3",
        "32, 5, 0.95, 4",
        "32, 8, 1.06, 5",
        "100, 3, 1.3, 6",
        "100, 25, 0.95, 7",
        "1000, 40, 0.95, 8"
    })
    void aPlantedChangeIsFoundAtItsPlace(int count, int at, double level, long seed) {
        Random random = new Random(seed);
        double[] steps = IntStream.range(0, count)
                .mapToDouble(i -> 1e9 * (i < at ? level : 1) * (1 + 0.007 * (2 * random.nextDouble() - 1)))
                .toArray();
        LevelChange change = LevelChange.in(steps).orElseThrow();
        assertThat(change.at()).isEqualTo(at);
        assertThat(change.isEarly()).isTrue();
        assertThat(change.difference()).isCloseTo(level - 1, within(0.01));
    }

    @ParameterizedTest(name = "the last {0} of 32")
    @ValueSource(ints = {4, 8, 16, 20})
    void aLaterChangeIsNotEarly(int last) {
        Random random = new Random(last);
        double[] steps = Noise.NORMAL.steps(32, random);
        for (int i = 32 - last; i < 32; i++) {
            steps[i] *= 1.08;
        }
        LevelChange change = LevelChange.in(steps).orElseThrow();
        assertThat(change.at()).isEqualTo(32 - last);
        assertThat(change.isEarly()).isFalse();
    }

    @Test
    void fewStepsShowNoLevel() {
        double[] steps = new double[LevelChange.FEWEST - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = i < 2 ? 1 : 2;
        }
        assertThat(LevelChange.in(steps)).isEmpty();
    }

    /** One odd step is an accident, of whatever size. */
    @ParameterizedTest(name = "{0} steps")
    @ValueSource(ints = {12, 20, 64})
    void oneOddStepIsNoLevel(int count) {
        for (int seed = 0; seed < 200; seed++) {
            double[] steps = Noise.NORMAL.steps(count, new Random(seed));
            steps[seed % 2 == 0 ? 0 : count - 1] *= 1.4;
            assertThat(LevelChange.in(steps)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void equalStepsHaveOneLevel() {
        double[] steps = new double[40];
        Arrays.fill(steps, 1e9);
        assertThat(LevelChange.in(steps)).isEmpty();
    }

    /** A drift leaves no step out, and is hardly ever said to be a level later on. */
    @ParameterizedTest(name = "drift of {0}")
    @ValueSource(doubles = {-0.3, -0.05, 0.02, 0.1, 0.5})
    void aDriftIsNoLevel(double drift) {
        int late = 0;
        for (int seed = 0; seed < 200; seed++) {
            double[] steps = Noise.NORMAL.steps(40, new Random(seed));
            for (int i = 0; i < steps.length; i++) {
                steps[i] *= 1 + drift * i / steps.length;
            }
            Optional<LevelChange> change = LevelChange.in(steps);
            assertThat(change.filter(LevelChange::isEarly)).as("seed %d", seed).isEmpty();
            late += change.isPresent() ? 1 : 0;
        }
        assertThat(late).as("late changes of 200").isLessThanOrEqualTo(10);
    }

    /** Whatever the distribution, ranks bound the share of false changes; it is far less where steps scatter as usual. */
    @ParameterizedTest(name = "{0}, {1} steps, at most {2}")
    @CsvSource({
        "NORMAL, 12, 0.01",
        "NORMAL, 32, 0.01",
        "NORMAL, 200, 0.01",
        "SKEWED, 12, 0.02",
        "SKEWED, 32, 0.01",
        "HEAVY, 12, 0.1",
        "HEAVY, 32, 0.1",
        "HEAVY, 200, 0.1",
        "TWO_VALUES, 32, 0.1"
    })
    void chanceIsHardlyEverTakenForAChange(Noise noise, int count, double most) {
        int runs = 2000;
        int found = 0;
        for (int seed = 0; seed < runs; seed++) {
            found += LevelChange.in(noise.steps(count, new Random(seed))).isPresent() ? 1 : 0;
        }
        assertThat(found / (double) runs).isLessThanOrEqualTo(most);
    }

    @ParameterizedTest(name = "jitter {0}, {1} iterations")
    @CsvSource({"0.03, 12", "0.03, 40", "0.1, 12", "0.1, 40"})
    void simulatedRunsWithJitterKeepOneLevel(double jitter, int iterations) {
        int found = 0;
        for (int seed = 0; seed < 300; seed++) {
            SimulationSpec spec = SimulationSpec.builder(
                            ScheduleKind.ONE_F_ONE_B, new Shape(4, 1, 8), TaskTimes.of(1_000_000, 2_000_000))
                    .transfer(50_000)
                    .jitter(jitter)
                    .iterations(iterations)
                    .seed(seed)
                    .build();
            Optional<LevelChange> change = LevelChange.in(Simulation.run(spec).iterations().stream()
                    .mapToDouble(SimulatedIteration::windowNs)
                    .toArray());
            found += change.isPresent() ? 1 : 0;
        }
        assertThat(found).as("of 300 runs").isLessThanOrEqualTo(3);
    }
}
