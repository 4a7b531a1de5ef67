package io.github.bubbletrace.pipeline.unlabelled.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which backward each weight gradient is of, on a stage that runs letters: B a backward, W a weight gradient. */
class WeighedTest {

    private static Stage stage(String letters) {
        LongColumn starts = new LongColumn();
        LongColumn ends = new LongColumn();
        LongColumn issues = new LongColumn();
        IntColumn names = new IntColumn();
        Tasks backward = new Tasks();
        Tasks weight = new Tasks();
        for (int k = 0; k < letters.length(); k++) {
            starts.add(1_000L * k);
            ends.add(1_000L * (k + 1));
            issues.add(LaneWork.UNKNOWN);
            names.add(letters.charAt(k));
            (letters.charAt(k) == 'B' ? backward : weight).add(k, k + 1, Operations.NONE);
        }
        DeviceWork work =
                new DeviceWork("rank0:gpu0", new LaneWork(starts, ends, issues, names), LongUnaryOperator.identity());
        Cut cut = new Cut(new Tasks(), backward, weight, 0, false);
        return new Stage(work, new Operations(), new int[0], new int[0], cut, 0);
    }

    @ParameterizedTest(name = "{0} micro-batches")
    @ValueSource(ints = {1, 7, 60})
    void theKthIsOfTheKth(int microBatches) throws NoPipelineException {
        assertThat(stage("BW".repeat(microBatches)).weighed())
                .containsExactly(IntStream.range(0, microBatches).toArray());
    }

    /** However many there are: that is no clock that errs. */
    @ParameterizedTest(name = "{0} micro-batches")
    @ValueSource(ints = {1, 7, 60, 500})
    void oneMoreThanBackwardsBelongsToAnOlderOne(int microBatches) throws NoPipelineException {
        assertThat(stage("BW".repeat(microBatches) + "W").weighed())
                .containsExactly(IntStream.range(-1, microBatches).toArray());
    }

    @Test
    void oneBeforeAllBackwardsIsOfAnOlderOne() throws NoPipelineException {
        assertThat(stage("WBWB").weighed()).containsExactly(-1, 0);
    }

    /** More are missing than a capture that begins in a schedule lacks. */
    @Test
    void manyMoreThanBackwardsAreNone() {
        Stage stage = stage("BW" + "W".repeat(100));
        assertThatThrownBy(stage::weighed)
                .isInstanceOf(NoPipelineException.class)
                .hasMessageContaining("weight gradients run before their backwards");
    }
}
