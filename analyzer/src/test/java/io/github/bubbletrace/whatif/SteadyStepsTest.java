package io.github.bubbletrace.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.IterationSelection;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.SimulatedIteration;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions of runs whose first steps compute faster or slower than all later ones. */
class SteadyStepsTest {

    private static final int ITERATIONS = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "the first {0} at {1}, seed {2}")
    @CsvSource({"3, 0.94, 1", "5, 0.90, 2", "4, 1.1, 3", "2, 1.2, 4"})
    void firstStepsAtAnotherLevelAreLeftOutOfPredictions(int first, double factor, long seed) {
        SimulationBuilder run = run(first, factor).seed(seed);
        WhatIfAnalysis whatIf = new SimulatedJob(folder).whatIf(run, "host=1");
        assertThat(whatIf.levelShift().leftOut())
                .isEqualTo(IntStream.range(0, first).boxed().toList());
        assertThat(whatIf.levelShift().from()).isEqualTo(first);
        assertThat(whatIf.levelShift().difference()).isCloseTo(factor - 1, within(0.02));
        assertThat(whatIf.predictionError())
                .isLessThan(0.01)
                .isLessThan(whatIf.levelShift().predictionErrorOfAll());
        long steadyNs = Math.round(Simulation.run(run.build()).iterations().stream()
                .skip(first)
                .mapToLong(SimulatedIteration::windowNs)
                .average()
                .orElseThrow());
        assertThat(whatIf.recordedNs()).as("the mean of the steady steps").isEqualTo(steadyNs);
        assertThat(whatIf.changes().get(0).stepNs())
                .as("a change that changes nothing")
                .isEqualTo(steadyNs);
        assertThat(whatIf.stragglers().iterations())
                .as("stragglers of all steps")
                .isEqualTo(ITERATIONS);
    }

    @Test
    void lastStepsAtAnotherLevelAreSaidAndKept() {
        SimulationBuilder run = run(14, 0.9);
        WhatIfAnalysis whatIf = new SimulatedJob(folder).whatIf(run, "host=1");
        assertThat(whatIf.levelShift().leftOut()).isEmpty();
        assertThat(whatIf.levelShift().from()).isEqualTo(14);
        assertThat(whatIf.recordedNs()).isEqualTo(Math.round(SimulatedJob.stepNs(run)));
        assertThat(whatIf.predictionError()).isEqualTo(whatIf.levelShift().predictionErrorOfAll());
    }

    @Test
    void aUsersChoiceOfIterationsHolds() {
        SimulationBuilder run = run(4, 0.9);
        Path trace = new SimulatedJob(folder).written(run);
        for (IterationSelection chosen :
                List.of(IterationSelection.ALL.skipping(0), IterationSelection.ALL.within(0, ITERATIONS))) {
            WhatIfAnalysis whatIf = Analyzer.whatIf(
                    List.of(trace), AnalysisOptions.defaults().withIterations(chosen), List.of("host=1"));
            assertThat(whatIf.levelShift()).isNull();
            assertThat(whatIf.recordedNs()).isEqualTo(Math.round(SimulatedJob.stepNs(run)));
        }
    }

    @Test
    void theAttributionCountsAllSteps() {
        Analysis analysis =
                Analyzer.analyze(List.of(new SimulatedJob(folder).written(run(4, 0.9))), AnalysisOptions.defaults());
        assertThat(analysis.whatIf().get().levelShift().leftOut()).hasSize(4);
        assertThat(analysis.pipelines().get(0).iterations()).noneMatch(iteration -> iteration.skipped());
    }

    @Test
    void evenRunsAreLeftWhole() {
        WhatIfAnalysis whatIf = new SimulatedJob(folder).whatIf(run(0, 1), "host=1");
        assertThat(whatIf.levelShift()).isNull();
    }

    /** Twenty iterations with 3 % jitter of which the first take {@code factor} times as long. */
    private static SimulationBuilder run(int first, double factor) {
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B, new Shape(4, 1, 8), TaskTimes.of(1_000_000, 2_000_000))
                .transfer(1_000)
                .jitter(0.03)
                .iterations(ITERATIONS);
        for (int iteration = 0; iteration < first; iteration++) {
            for (List<Action> order : run.build().schedule().orders()) {
                for (Action action : order) {
                    run.straggler(iteration, action, factor);
                }
            }
        }
        return run;
    }
}
