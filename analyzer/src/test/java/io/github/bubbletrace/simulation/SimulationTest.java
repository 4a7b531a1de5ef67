package io.github.bubbletrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Shape SHAPE = new Shape(4, 1, 8);
    private static final TaskTimes TIMES = TaskTimes.of(1_000_000, 2_000_000);

    @Test
    void anUndisturbedRunHasTheClosedFormsWindow() {
        assertThat(windows(run().iterations(3))).containsExactly(33_000_000L, 33_000_000L, 33_000_000L);
    }

    @Test
    void aSlowStageSetsThePace() {
        // Stage 3 is slow and last: it waits for the first forward, works without a gap, and the backward drains.
        assertThat(windows(run().imbalance(3, 2))).containsExactly(3_000_000L + 8 * 6_000_000L + 6_000_000L);
    }

    @Test
    void aStragglerDelaysOnlyItsIteration() {
        Action last = new Action(Phase.B, 0, 7);
        assertThat(windows(run().iterations(2).straggler(1, last, 2))).containsExactly(33_000_000L, 35_000_000L);
    }

    @Test
    void aLinksTransfersReplaceTheCommonOnes() {
        SimulationBuilder gpipe = SimulationSpec.builder(ScheduleKind.FORWARD, SHAPE, TIMES)
                .transfer(10)
                .transfer(Link.between(2, 1), 1_000);
        assertThat(windows(gpipe)).containsExactly(11_000_000L + 10 + 1_000 + 10);
    }

    @Test
    void hostDelayBeforeTheFirstTaskIsNotInTheWindow() {
        SimulationBuilder forward = SimulationSpec.builder(ScheduleKind.FORWARD, new Shape(1, 1, 2), TIMES)
                .host(500);
        assertThat(windows(forward)).containsExactly(2_000_500L);
    }

    @Test
    void jitterFollowsTheSeed() {
        List<Long> first = windows(run().jitter(0.1).seed(1));
        assertThat(windows(run().jitter(0.1).seed(1))).isEqualTo(first);
        assertThat(windows(run().jitter(0.1).seed(2))).isNotEqualTo(first);
    }

    @Test
    void aSerialReceiveAddsItsTransferToEachTaskBehindTheFirstStage() {
        SimulationBuilder forward =
                SimulationSpec.builder(ScheduleKind.FORWARD, SHAPE, TIMES).transfer(300_000);
        assertThat(windows(forward)).containsExactly(11_000_000L + 3 * 300_000);
        assertThat(windows(forward.receive(Receive.SERIAL))).containsExactly(11_000_000L + (3 + 7) * 300_000);
    }

    @Test
    void aBlockedSenderWaitsForABusyReceiver() {
        SimulationBuilder forward = SimulationSpec.builder(ScheduleKind.FORWARD, new Shape(2, 1, 3), TIMES)
                .imbalance(1, 4)
                .transfer(100)
                .receive(Receive.BLOCKING);
        SimulatedIteration iteration =
                Simulation.run(forward.build()).iterations().get(0);
        // The second micro-batch's transfer waits for the first one's forward on rank 1; the third waits for that
        // transfer.
        assertThat(iteration.taskStartNs(1)).isEqualTo(1_000_100);
        assertThat(iteration.taskStartNs(2)).isEqualTo(1_000_100 + 4_000_000 + 100);
    }

    @Test
    void theTruthNamesWhatWasPlanted() {
        SimulationTruth truth = Simulation.run(run().imbalance(2, 1.3)
                        .host(1, 20_000)
                        .transfer(Link.between(0, 1), 5)
                        .straggler(0, new Action(Phase.F, 2, 3), 8)
                        .build())
                .truth();
        assertThat(truth.planted())
                .containsExactly(
                        new PlantedCause(Cause.IMBALANCE, "stage 2 x 1.3"),
                        new PlantedCause(Cause.JITTER, "2F3 of iteration 0 x 8.0"),
                        new PlantedCause(Cause.P2P, "link 0-1 5 ns"),
                        new PlantedCause(Cause.HOST, "stage 1 20000 ns"));
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        refused(run().imbalance(4, 2), "there is no stage 4: the last one is 3");
        refused(run().host(-1), "times must not be negative");
        refused(run().clockSkew(1, 5), "a clock skew needs several files: give fewer ranks per file than ranks");
        refused(run().ranksPerFile(1).clockSkew(4, 5), "there is no rank 4: the last one is 3");
        refused(run().straggler(1, new Action(Phase.F, 0, 0), 2), "there is no iteration 1 with a micro-batch 0");
    }

    private static void refused(SimulationBuilder run, String why) {
        assertThatIllegalArgumentException().isThrownBy(run::build).withMessage(why);
    }

    private static SimulationBuilder run() {
        return SimulationSpec.builder(ScheduleKind.ONE_F_ONE_B, SHAPE, TIMES);
    }

    private static List<Long> windows(SimulationBuilder run) {
        return Simulation.run(run.build()).truth().windowNs();
    }
}
