package io.github.bubbletrace.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void numbersAreThoseOfTheFormatter(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            double value = (random.nextDouble() + 0.001) * Math.pow(10, random.nextInt(10) - 2);
            int digits = random.nextInt(4);
            assertThat(Units.decimals(value, digits)).isEqualTo(String.format(Locale.ROOT, "%." + digits + "f", value));
            long whole = random.nextLong() >> random.nextInt(Long.SIZE);
            assertThat(Units.whole(whole)).isEqualTo(String.format(Locale.ROOT, "%,d", whole));
        }
    }

    @Test
    void halvesAreRoundedUp() {
        assertThat(Units.decimals(0.125, 2)).isEqualTo("0.13");
        assertThat(Units.decimals(-2.5, 0)).isEqualTo("-3");
        assertThat(Units.decimals(1e15, 1)).isEqualTo("1000000000000000.0");
        assertThat(Units.decimals(-0.04, 1)).isEqualTo("0.0");
        assertThat(Units.whole(-1_000)).isEqualTo("-1,000");
        assertThat(Units.whole(Long.MIN_VALUE)).isEqualTo("-9,223,372,036,854,775,808");
    }
}
