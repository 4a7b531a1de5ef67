package io.github.bubbletrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interleaved 1F1B with groups of other sizes than the number of devices. */
class InterleavedGroupsTest {

    private static final TaskTimes TIMES = TaskTimes.of(12 * 1009, 12 * 2503);

    /** Megatron's rule: groups of at least p, and the last one, if it is shorter, too. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void whatMegatronAllowsFinishesAndHasTheForm(int p) {
        for (int v = 2; v <= 4; v++) {
            for (int m = p; m <= 5 * p; m++) {
                for (int group = p; group <= m; group++) {
                    Shape shape = new Shape(p, v, m).inGroupsOf(group);
                    boolean allowed = m % group == 0 || m % group >= p;
                    OptionalLong form = ClosedForms.idleNs(ScheduleKind.INTERLEAVED, shape, TIMES);
                    assertThat(form.isPresent()).as("%s", shape).isEqualTo(allowed);
                    if (allowed) {
                        Prediction prediction = Predictor.predict(ScheduleKind.INTERLEAVED, shape, TIMES, 0);
                        assertThat(prediction.stages())
                                .as("%s", shape)
                                .allMatch(stage -> stage.idleNs() == form.getAsLong());
                    }
                }
            }
        }
    }
}
