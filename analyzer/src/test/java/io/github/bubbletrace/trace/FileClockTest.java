package io.github.bubbletrace.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks as lines between points: order is kept, the way back leads back, and one after the other is both. */
class FileClockTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void aDriftingClockIsALineThroughItsPoints() {
        LongColumn file = new LongColumn();
        LongColumn axis = new LongColumn();
        file.add(SECOND);
        axis.add(SECOND + 5_000);
        file.add(2 * SECOND);
        axis.add(2 * SECOND + 25_000);
        FileClock clock = FileClock.through(file, axis);
        assertThat(clock.at(SECOND)).isEqualTo(SECOND + 5_000);
        assertThat(clock.at(3 * SECOND / 2)).isEqualTo(3 * SECOND / 2 + 15_000);
        assertThat(clock.at(0)).isEqualTo(-15_000);
        assertThat(clock.at(12 * SECOND)).isEqualTo(12 * SECOND + 225_000);
        assertThat(clock.earlier(7).at(0)).isEqualTo(-15_007);
        assertThat(FileClock.shifted(-3).at(5)).isEqualTo(2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void identities(int seed) {
        Random random = Seeds.random(seed);
        FileClock one = clock(random);
        FileClock other = clock(random);
        FileClock both = one.then(other);
        long before = Long.MIN_VALUE;
        for (long t = -2 * SECOND; t < 20 * SECOND; t += 1L + random.nextInt(10_000_000)) {
            long at = one.at(t);
            assertThat(at).isGreaterThanOrEqualTo(before);
            assertThat(one.at(t + 1)).isGreaterThanOrEqualTo(at);
            before = at;
            assertThat(one.inverse().at(at)).isCloseTo(t, within(1L));
            assertThat(both.at(t)).isCloseTo(other.at(at), within(3L));
        }
    }

    private static FileClock clock(Random random) {
        if (random.nextInt(4) == 0) {
            return FileClock.shifted(random.nextInt());
        }
        LongColumn file = new LongColumn();
        LongColumn axis = new LongColumn();
        long time = random.nextInt(1_000_000_000);
        long shift = random.nextInt(10_000_000) - 5_000_000L;
        for (int i = 0; i < 2 + random.nextInt(5); i++) {
            file.add(time);
            axis.add(time + shift);
            long lasts = 100_000_000L + random.nextInt(1_000_000_000);
            time += lasts;
            shift += Math.round(lasts * 100e-6 * (2 * random.nextDouble() - 1));
        }
        return FileClock.through(file, axis);
    }
}
