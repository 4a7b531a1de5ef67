package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of which a rank between them is missing: what both exchange with it would fit each other at another time as well,
 * when every task takes as long; but no file is moved by that.
 */
class MissingRanksClocksTest {

    private static final int STAGES = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "without rank {0}")
    @ValueSource(ints = {1, 2})
    void aMissingStageMovesNoClock(int missing) throws IOException {
        SimulationBuilder run = run();
        List<Integer> expected = List.of(0, 1, 2, 3);
        PipelineAnalysis whole = analyse(run, expected, "whole");
        PipelineAnalysis some =
                analyse(run, expected.stream().filter(rank -> rank != missing).toList(), "some");
        for (int place = 1; place < STAGES - 1; place++) {
            int rank = place < missing ? place : place + 1;
            assertThat(apartNs(some, 0, place)).as("rank %d", rank).isEqualTo(apartNs(whole, 0, rank));
        }
    }

    /** What goes both ways between those that are there still corrects them. */
    @Test
    void neighboursAreCorrectedAllTheSame() throws IOException {
        List<Integer> ranks = List.of(0, 1, 3);
        PipelineAnalysis exact = analyse(run(), ranks, "exact");
        PipelineAnalysis skewed = analyse(run().clockSkew(1, 5_000_000), ranks, "skewed");
        assertThat(apartNs(skewed, 0, 1)).isCloseTo(apartNs(exact, 0, 1), within(20_000L));
    }

    /** How much later one device's first task starts than another's. */
    private static long apartNs(PipelineAnalysis pipeline, int one, int other) {
        return firstNs(pipeline, other) - firstNs(pipeline, one);
    }

    private static long firstNs(PipelineAnalysis pipeline, int device) {
        return pipeline.iterations().get(0).devices().get(device).tasks().startNs(0);
    }

    private static SimulationBuilder run() {
        return SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B, new Shape(STAGES, 1, 8), TaskTimes.of(1_000_000, 2_000_000))
                .transfer(50_000)
                .iterations(2)
                .ranksPerFile(1);
    }

    private PipelineAnalysis analyse(SimulationBuilder run, List<Integer> ranks, String name) throws IOException {
        Path trace = folder.resolve(name);
        NsysWriter.write(Simulation.run(run.build()), trace);
        return Analyzer.analyze(
                        ranks.stream()
                                .map(rank -> trace.resolve("rank" + rank + ".sqlite"))
                                .toList(),
                        AnalysisOptions.defaults())
                .pipelines()
                .get(0);
    }
}
