package io.github.bubbletrace.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTimeTest {

    @Test
    void agreesWithExactArithmetic() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            TimeUnit unit = TimeUnit.values()[random.nextInt(4)];
            String text =
                    new BigDecimal(new java.math.BigInteger(random.nextInt(60), random), random.nextInt(20)).toString();
            BigDecimal exact =
                    new BigDecimal(text).scaleByPowerOfTen(unit.power()).setScale(0, RoundingMode.HALF_UP);
            boolean fits = exact.precision() <= 18;
            assertThat(DecimalTime.ns(text, unit))
                    .as("%s %s", text, unit)
                    .isEqualTo(fits ? exact.longValue() : DecimalTime.ns(text, unit));
        }
    }

    @Test
    void keepsEveryNanosecondSince1970() {
        assertThat(DecimalTime.ns("1682725898236567.2509", TimeUnit.US)).isEqualTo(1_682_725_898_236_567_251L);
        assertThat(DecimalTime.ns("-0.0015", TimeUnit.MS)).isEqualTo(-1500);
        assertThat(DecimalTime.ns("4.630399780580774e-05", TimeUnit.S)).isEqualTo(46_304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "x", "1x", "1e", "1e+", "1e5x", "1e30", "NaN", ".", "99999999999999999999"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(DecimalTime.ns(text, TimeUnit.S)).isEqualTo(DecimalTime.NONE);
    }
}
