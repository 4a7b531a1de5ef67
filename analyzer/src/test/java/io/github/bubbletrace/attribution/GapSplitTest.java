package io.github.bubbletrace.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapSplitTest {

    @Test
    void partsAreTheDifferencesOfTheReplays() {
        assertThat(new GapSplit(false).split(new long[] {10, 25, 30, 45}, 60)).containsExactly(10, 15, 5, 15, 15);
    }

    @Test
    void aReplayCannotTakeBackWhatAnEarlierOneExplained() {
        assertThat(new GapSplit(false).split(new long[] {40, 10, 50, 20}, 60)).containsExactly(40, 0, 10, 0, 10);
    }

    @Test
    void noPartExceedsTheRecordedIdleTime() {
        assertThat(new GapSplit(false).split(new long[] {100, 120, 130, 140}, 60))
                .containsExactly(60, 0, 0, 0, 0);
    }

    @Test
    void forwardOnlyGapsHandTheirExcessOn() {
        GapSplit split = new GapSplit(true);
        assertThat(split.split(new long[] {100, 100, 100, 100}, 60)).containsExactly(60, 0, 0, 0, 0);
        split.afterTask(0, 30, 20);
        assertThat(split.split(new long[] {0, 0, 0, 0}, 50)).containsExactly(30, 10, 0, 0, 10);
    }

    @Test
    void otherPipelinesHandNothingOn() {
        GapSplit split = new GapSplit(false);
        split.split(new long[] {100, 100, 100, 100}, 60);
        assertThat(split.split(new long[] {0, 0, 0, 0}, 50)).containsExactly(0, 0, 0, 0, 50);
    }
}
