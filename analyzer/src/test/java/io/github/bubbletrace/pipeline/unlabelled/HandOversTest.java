package io.github.bubbletrace.pipeline.unlabelled;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations.Role;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One forward that ends at 1 ms, and which of two kernels sends its output. */
class HandOversTest {

    private static final long MS = 1_000_000;

    private final Operations operations = new Operations();

    private int transfer(long startNs, long endNs) {
        return operations.add(0, Role.UNKNOWN, startNs, endNs, LaneWork.UNKNOWN);
    }

    private static Reconstruction reading(int send) {
        Action action = new Action(Phase.F, 0, 0);
        FoundTask task = new FoundTask(0, action, 0, MS, LaneWork.UNKNOWN, send, Operations.NONE);
        return Reconstruction.found(null, List.of(new FoundPipeline(List.of(0), 1, 1, List.of(task), 0, List.of())));
    }

    @ParameterizedTest(name = "starts {0} ns later, ends {1} ns later: {2}")
    @CsvSource({"0, 0, true", "20000, 0, true", "20000, -20000, true", "0, 900000, false", "900000, 0, false"})
    void transfersOfOneMomentComeToTheSame(long startsLaterNs, long endsLaterNs, boolean alike) {
        Reconstruction one = reading(transfer(MS, 3 * MS));
        Reconstruction other = reading(transfer(MS + startsLaterNs, 3 * MS + endsLaterNs));
        assertThat(HandOvers.areAlike(one, other, operations, 0)).isEqualTo(alike);
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({"-1, -1, true", "-1, 0, false", "0, -1, false", "0, 0, true"})
    void whatIsSentInOneIsSentInTheOther(int one, int other, boolean alike) {
        transfer(MS, 2 * MS);
        assertThat(HandOvers.areAlike(reading(one), reading(other), operations, 0))
                .isEqualTo(alike);
    }
}
