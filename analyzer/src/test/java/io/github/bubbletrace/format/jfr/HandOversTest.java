package io.github.bubbletrace.format.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandOversTest {

    private static final int FEED = 1;
    private static final int LINK = 2;
    private static final int LINK_OUT = 3;
    private static final int END = 4;

    private final StageSpans spans = new StageSpans();
    private final HandOvers handOvers = new HandOvers();

    /** Two stages on threads 10 and 11, two micro-batches; times in arbitrary nanoseconds. */
    private void twoStages() {
        span(10, 100, 200, 0, 0);
        span(10, 220, 320, 0, 1);
        span(11, 210, 300, 1, 0);
        span(11, 330, 420, 1, 1);
    }

    @Test
    void putsFollowTheirSpanAndTakesLeadToTheirs() {
        twoStages();
        put(10, LINK, 70, 201, 203);
        put(10, LINK, 71, 321, 323);
        take(11, LINK, 70, 150, 205);
        take(11, LINK, 71, 301, 325);
        handOvers.join(spans);
        assertThat(joined()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whatTheFirstStageIsFedAndTheLastGivesAwayJoinsNoStages() {
        twoStages();
        take(10, FEED, 70, 90, 99);
        put(10, LINK, 70, 201, 203);
        take(11, LINK, 70, 150, 205);
        put(11, END, 70, 301, 302);
        handOvers.join(spans);
        assertThat(joined()).containsExactly(-1, 0, 2, -1);
    }

    @Test
    void anItemThatAnotherThreadCarriesToAnotherQueueIsFollowed() {
        twoStages();
        put(10, LINK, 70, 201, 203);
        take(11, LINK_OUT, 70, 150, 209);
        handOvers.join(spans);
        assertThat(joined()).containsExactly(0, 2);
    }

    @Test
    void anotherWrappingInTheSameQueueIsFollowed() {
        twoStages();
        put(10, LINK, 70, 201, 203);
        take(11, LINK, 99, 150, 205);
        handOvers.join(spans);
        assertThat(joined()).containsExactly(0, 2);
    }

    @Test
    void ofSeveralTakesBeforeASpanTheLastCounts() {
        twoStages();
        put(10, LINK, 70, 201, 202);
        put(10, LINK, 71, 203, 204);
        take(11, LINK, 70, 150, 205);
        take(11, LINK, 71, 206, 207);
        handOvers.join(spans);
        assertThat(joined()).containsExactly(0, -1, -1, 2);
    }

    @Test
    void spansWithoutMicroBatchAreCountedByStageAndPhase() {
        spans.add(10, 300, 400, 0, -1, -1, 'F');
        spans.add(10, 100, 200, 0, -1, -1, 'F');
        spans.add(10, 500, 600, 0, -1, -1, 'B');
        spans.add(11, 100, 150, -1, -1, -1, 'F');
        assertThat(spans.number()).isEqualTo(3);
        assertThat(IntStream.range(0, 4).map(spans::microBatch)).containsExactly(1, 0, 0, -1);
    }

    private void span(long thread, long start, long end, int stage, int microBatch) {
        spans.add(thread, start, end, stage, microBatch, 0, 'F');
    }

    private void put(long thread, int queue, int item, long start, long end) {
        handOvers.add(thread, false, queue, item, start, end);
    }

    private void take(long thread, int queue, int item, long start, long end) {
        handOvers.add(thread, true, queue, item, start, end);
    }

    private List<Integer> joined() {
        return IntStream.range(0, handOvers.size()).map(handOvers::span).boxed().toList();
    }
}
