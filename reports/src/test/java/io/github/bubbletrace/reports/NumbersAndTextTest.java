package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.picture.TimeAxis;
import io.github.bubbletrace.reports.text.EvidenceText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersAndTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ns",
        "999, 999 ns",
        "1000, 1.00 us",
        "450000, 450 us",
        "12345678, 12.3 ms",
        "999400, 999 us",
        "999600, 1.00 ms",
        "61500000000, 61.5 s",
        "9223372036854775807, 9223372037 s",
        "-2500, -2.50 us",
        "99960000, 100 ms"
    })
    void timesHaveTheUnitThatFits(long ns, String text) {
        assertThat(Units.time(ns)).isEqualTo(text);
    }

    @Test
    void countsAgreeWithTheirNoun() {
        assertThat(List.of(Units.count(1, "stage"), Units.count(12_345, "kernel"), Units.count(2, "micro-batch")))
                .containsExactly("1 stage", "12,345 kernels", "2 micro-batches");
        assertThat(Units.percent(0.27272)).isEqualTo("27.3 %");
        assertThat(Units.percent(Double.NaN)).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void budgetsSumToTheWhole(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            long[] idle = random.longs(Cause.values().length, 0, 1L << random.nextInt(1, 50))
                    .toArray();
            Budget budget = Budget.of(random.nextLong(1L << random.nextInt(1, 50)), CauseTimes.of(idle));
            int sum = budget.busyTenths();
            for (Cause cause : Cause.values()) {
                assertThat(budget.tenths(cause)).as("seed " + seed).isNotNegative();
                sum += budget.tenths(cause);
            }
            assertThat(sum).as("seed " + seed).isEqualTo(Budget.WHOLE);
        }
    }

    @Test
    void emptyBudgetIsAllBusy() {
        assertThat(Budget.of(0, CauseTimes.NONE).busyTenths()).isEqualTo(Budget.WHOLE);
    }

    @Test
    void textIsCleanedAndBounded() {
        assertThat(PlainText.clean("a\tb\r\n\u0000c\u202E\u2066d\u200F\u2028e")).isEqualTo("a b  cd e");
        assertThat(PlainText.clean("\uD83D\uDE00".repeat(5), 3)).isEqualTo("\uD83D\uDE00".repeat(3) + "\u2026");
        assertThat(PlainText.clean("x\uDC00y")).isEqualTo("x\uFFFDy");
        assertThat(PlainText.clean("\uFFFF\uFFFE")).isEqualTo("\uFFFD\uFFFD");
    }

    @Test
    void ticksAreRoundAndWithinTheAxis() {
        TimeAxis axis = new TimeAxis(5_000_000, 46_300_000, 0, 1000);
        assertThat(axis.ticks()).startsWith(0L, 5_000_000L).endsWith(40_000_000L);
        assertThat(axis.label(5_000_000)).isEqualTo("5");
        assertThat(axis.unit()).isEqualTo("ms");
        assertThat(new TimeAxis(7, 7, 0, 1000).ticks()).hasSizeLessThan(5);
    }

    @Test
    void evidenceIsInWords() {
        assertThat(EvidenceText.of(
                        Map.of("gainOfThatLink", 0.0321, "meanTaskNs", 32_160_000L, "stage", 3, "relative", 1.34)))
                .isEqualTo("gain of that link 3.2 %, mean task 32.2 ms, 1.340 times the median, stage 3");
        assertThat(EvidenceText.of(null)).isEmpty();
    }
}
