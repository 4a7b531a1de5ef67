package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NcclDetail;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of thousands of exchanges some end within microseconds of each other: one taken wrongly refused all of a run. */
class SilentLongRunsTest {

    /** Both sides of one exchange end so far apart at most. */
    private static final long APART_NS = 2_000;

    @TempDir
    private Path folder;

    /** Posted receives, of which nothing else tells what they are. */
    @ParameterizedTest(name = "{0}, {1} stages, {2} chunks, {3} micro-batches, {4} iterations")
    @CsvSource({"1f1b, 8, 1, 24, 16", "interleaved, 5, 2, 20, 16", "interleaved, 4, 3, 16, 12", "gpipe, 6, 1, 32, 10"})
    void longRunsAreFound(String key, int stages, int chunks, int microBatches, int iterations)
            throws IOException, SQLException {
        requireEqual(run(key, stages, chunks, microBatches, iterations), NcclDetail.NONE);
    }

    /** Where kernels say whether they send, the closest end is not always that of the other side. */
    @ParameterizedTest(name = "{0}, {1} chunks")
    @CsvSource({"1f1b, 1", "interleaved, 2"})
    void exchangesThatEndApartAreJoined(String key, int chunks) throws IOException, SQLException {
        requireEqual(run(key, 6, chunks, 36, 12), NcclDetail.CALLS);
    }

    private void requireEqual(SimulationBuilder run, NcclDetail nccl) throws IOException, SQLException {
        Analysis named = analyse(run.labels(Labels.OWN).nccl(NcclDetail.CALLS), "named", 0);
        Analysis bare = analyse(run.labels(Labels.NONE).nccl(nccl), "bare", APART_NS);
        assertThat(AnalysisDifference.of(bare, named)).isEmpty();
    }

    private static SimulationBuilder run(String key, int stages, int chunks, int microBatches, int iterations) {
        return SimulationSpec.builder(
                        ScheduleKind.of(key).orElseThrow(),
                        new Shape(stages, chunks, microBatches),
                        TaskTimes.of(1_000_000, 2_000_000))
                .receive(Receive.PREPOSTED)
                .jitter(0.1)
                .transfer(20_000)
                .host(30_000)
                .kernels(2)
                .iterations(iterations)
                .seed(stages);
    }

    private Analysis analyse(SimulationBuilder run, String name, long apartNs) throws IOException, SQLException {
        Path trace = folder.resolve(name + ".sqlite");
        SimulationSpec spec = run.build();
        for (Path file : NsysWriter.write(Simulation.run(spec), trace)) {
            if (apartNs > 0) {
                TraceEdits.loosenEnds(file, apartNs, spec.seed());
            }
        }
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }
}
