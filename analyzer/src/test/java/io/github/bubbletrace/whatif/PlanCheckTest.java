package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.schedule.ScheduleKind;
import org.junit.jupiter.api.Test;

class PlanCheckTest {

    @Test
    void iterationsOfDifferentNumbersOfMicroBatchesHaveNoPlan() {
        Plan plan = new Plan(ScheduleKind.ONE_F_ONE_B, 4, 1, 0, 1, Decoding.NONE, false, 0, 1, 0);
        assertThatThrownBy(plan::schedule)
                .isInstanceOf(RefusedChangeException.class)
                .hasMessageContaining("different numbers of micro-batches");
    }
}
