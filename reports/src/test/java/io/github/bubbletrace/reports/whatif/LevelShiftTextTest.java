package io.github.bubbletrace.reports.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.LevelShift;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of steps at another level. */
class LevelShiftTextTest {

    @Test
    void firstStepsThatAreLeftOutAreSaidWithNumbers() {
        assertThat(LevelShiftText.of(new LevelShift(5, List.of(0, 1, 2, 3, 4), -0.053, 0.0145)))
                .isEqualTo(
                        "Predictions leave out the first 5 steps (before iteration 5), which take 5.3 % less time than all"
                                + " that follow; with them the prediction error is 1.5 %; --skip 0 keeps them.");
    }

    @Test
    void aLaterChangeIsSaidAndLeavesNothingOut() {
        assertThat(LevelShiftText.of(new LevelShift(24, List.of(), 0.08, null)))
                .isEqualTo(
                        "Steps before iteration 24 take 8.0 % more time than those that follow: predictions are means over"
                                + " both; --iterations chooses one part.");
    }
}
