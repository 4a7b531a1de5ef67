package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chances of sums of ranks against closed forms and against counting. */
class RankTestTest {

    @Test
    void equalValuesShareTheMeanOfTheirRanks() {
        assertThat(RankTest.ranks(new double[] {5, 1, 5, 9, 5})).containsExactly(3, 1, 3, 5, 3);
    }

    /** All of k below all others: one of C(k + m, k) choices, and one more for all above. */
    @ParameterizedTest(name = "{0} against {1}")
    @CsvSource({"3, 9, 220", "5, 27, 201376", "9, 3, 220", "1, 11, 12", "8, 24, 10518300"})
    void apartIsOneChoiceOfAll(int k, int m, double choices) {
        double lowest = k * (k + 1) / 2.0;
        assertThat(RankTest.chance(lowest, k, m)).isCloseTo(2 / choices, within(1e-12));
        assertThat(RankTest.chance(lowest + (double) k * m, k, m)).isCloseTo(2 / choices, within(1e-12));
    }

    @ParameterizedTest(name = "sum {0}")
    @CsvSource({"10", "13", "17", "20", "24", "26"})
    void chancesAreThoseOfCountedChoices(int sum) {
        int k = 4;
        int n = 11;
        double mean = k * (n + 1) / 2.0;
        long asFar = 0;
        long choices = 0;
        for (int bits = 0; bits < 1 << n; bits++) {
            if (Integer.bitCount(bits) == k) {
                int own = 0;
                for (int rank = 1; rank <= n; rank++) {
                    own += (bits >> (rank - 1) & 1) * rank;
                }
                choices++;
                asFar += Math.abs(own - mean) >= Math.abs(sum - mean) ? 1 : 0;
            }
        }
        assertThat(RankTest.chance(sum, k, n - k)).isCloseTo(Math.min(1, (double) asFar / choices), within(0.2));
        if (sum < mean - 1) {
            assertThat(RankTest.chance(sum, k, n - k)).isCloseTo((double) asFar / choices, within(1e-12));
        }
    }

    /** Where both parts are large the bound of the tail is no smaller than what counting gives for parts of nearly the size. */
    @Test
    void theBoundForLargePartsIsNoSmaller() {
        for (double far = 2.2; far < 5; far += 0.1) {
            double exact = RankTest.chance(sum(20, 60, far), 20, 60);
            double bound = RankTest.chance(sum(21, 60, far), 21, 60);
            assertThat(bound).isGreaterThan(0.9 * exact).isLessThan(3 * exact + 1e-4);
        }
    }

    private static double sum(int k, int m, double far) {
        return Math.round(k * (k + m + 1.0) / 2 - far * Math.sqrt(k * m * (k + m + 1.0) / 12));
    }
}
