package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.ModelParts;
import io.github.bubbletrace.simulation.NcclDetail;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weight gradients of a V, which are of either of two chunks. */
class UnlabelledFoldedTest {

    private static final TaskTimes TIMES = new TaskTimes(1_000_000, 1_200_000, OptionalLong.of(900_000));

    @TempDir
    private Path folder;

    /** With fewer than 2p - 1 micro-batches weight gradients of one chunk follow backwards of the other. */
    @ParameterizedTest(name = "{0} stages, {1} micro-batches, {2}, jitter {3}")
    @CsvSource({
        "3, 2, SERIAL, 0",
        "6, 10, SERIAL, 0.1",
        "7, 9, SERIAL, 0",
        "7, 11, PREPOSTED, 0.1",
        "8, 11, PREPOSTED, 0",
    })
    void fewMicroBatchesAreFound(int stages, int microBatches, Receive receive, double jitter)
            throws IOException, SQLException {
        requireSame(
                run(zbv(stages, microBatches)).receive(receive).jitter(jitter).iterations(2));
    }

    /** Where one weight gradient comes late the device's order is not ZB-V's. */
    @ParameterizedTest(name = "{0} stages")
    @ValueSource(ints = {3, 5, 8})
    void ordersThatNoOneKnowsAreRefused(int stages) throws IOException, SQLException {
        Schedule turned = reordered(zbv(stages, 2 * stages + 1), UnlabelledFoldedTest::oneWeightLate);
        Analysis bare = new StrippedRun(run(turned).jitter(0.1), false, false).bare(NcclDetail.CALLS, folder);
        assertThat(bare.pipelines()).isEmpty();
        assertThat(bare.warnings())
                .extracting(Warning::text)
                .anySatisfy(text -> assertThat(text)
                        .endsWith("nothing tells which of a device's two chunks weight gradients are of"));
    }

    /** A weight gradient that never waits is that of the only backward without one, in any order. */
    @ParameterizedTest(name = "{0} stages")
    @ValueSource(ints = {2, 3, 5, 8})
    void weightGradientsThatFollowTheirBackwardsAreFound(int stages) throws IOException, SQLException {
        requireSame(run(reordered(zbv(stages, 2 * stages + 1), UnlabelledFoldedTest::weightsAtOnce))
                .jitter(0.1)
                .iterations(2));
    }

    /** It was taken for a chain of a chunk a device whose trace holds the end of some micro-batches and the begin of others. */
    @Test
    void twoDevicesOfDifferentProgrammesAreRefused() throws IOException, SQLException {
        SimulationBuilder run = run(zbv(2, 4))
                .model(ModelParts.parse("e2,1/1/1,1/1,h4"))
                .receive(Receive.SERIAL)
                .jitter(0.1)
                .iterations(2);
        assertThat(new StrippedRun(run, false, false)
                        .bare(NcclDetail.CALLS, folder)
                        .pipelines())
                .isEmpty();
    }

    private static Schedule zbv(int stages, int microBatches) {
        return ScheduleKind.ZB_V.generate(new Shape(stages, 2, microBatches));
    }

    private static Schedule reordered(Schedule schedule, UnaryOperator<List<Action>> change) {
        return schedule.with(schedule.orders().stream().map(change).toList());
    }

    /** The first weight gradient of the chunk on the way down comes after the next backward, which is of the other one. */
    private static List<Action> oneWeightLate(List<Action> order) {
        int down = order.get(0).chunk();
        Action late = new Action(Phase.W, down, 0);
        List<Action> changed = new ArrayList<>(order);
        int at = changed.indexOf(late);
        changed.remove(late);
        while (changed.get(at).phase() != Phase.B) {
            at++;
        }
        changed.add(at + 1, late);
        return changed;
    }

    private static List<Action> weightsAtOnce(List<Action> order) {
        return order.stream()
                .filter(action -> action.phase() != Phase.W)
                .flatMap(action -> action.phase() == Phase.B
                        ? List.of(action, new Action(Phase.W, action.chunk(), action.microBatch())).stream()
                        : List.of(action).stream())
                .toList();
    }

    private static SimulationBuilder run(Schedule schedule) {
        return SimulationSpec.builder(schedule, TIMES)
                .transfer(40_000)
                .kernels(3)
                .seed(schedule.shape().devices());
    }

    private void requireSame(SimulationBuilder run) throws IOException, SQLException {
        StrippedRun stripped = new StrippedRun(run, false, false);
        Analysis actual = stripped.bare(NcclDetail.CALLS, folder);
        assertThat(AnalysisDifference.of(actual, stripped.labelled(folder)))
                .as("warnings %s", actual.warnings())
                .isEmpty();
    }
}
