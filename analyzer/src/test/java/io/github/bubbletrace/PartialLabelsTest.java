package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges that name some of it: what is sent and received, or steps. They help, and what they contradict is said. */
class PartialLabelsTest {

    private static final String WITHOUT_NCCL = "DELETE FROM NVTX_EVENTS WHERE textId > 0";

    @TempDir
    private Path folder;

    /** The kernels of NCCL alone do not say whether they send or receive; Megatron's ranges do. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void namesOfTransfersStandInForThoseOfNccl(int seed) throws Exception {
        ScheduleKind kind = seed % 2 == 0 ? ScheduleKind.GPIPE : ScheduleKind.ONE_F_ONE_B;
        SimulationBuilder run = run(kind, new Shape(2 + seed % 4, 1, 4 + seed), seed);
        Analysis bare = analyse(run.labels(Labels.NONE), "bare", WITHOUT_NCCL);
        Analysis analysis = analyse(run.labels(Labels.MEGATRON), "named", WITHOUT_NCCL);
        assertThat(FoundTasks.of(analysis))
                .isNotEmpty()
                .isEqualTo(FoundTasks.of(analyse(run.labels(Labels.OWN), "own")));
        assertThat(FoundTasks.of(bare)).isEqualTo(FoundTasks.of(analysis));
        assertThat(step(bare, "transfers").by())
                .endsWith("directions by the turns of receiving, computing and sending");
        assertThat(step(analysis, "transfers").by()).isEqualTo("both sides of a transfer end together");
        assertThat(step(analysis, "names").confidence()).isEqualTo(1);
    }

    /** Between two devices both directions go the same way; with one name for all kernels only ranges tell them apart. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void namesOfTransfersTellTheDirectionsOfARingOfTwo(int seed) throws Exception {
        SimulationBuilder run = run(ScheduleKind.INTERLEAVED, new Shape(2, 2 + seed % 2, 2 + 2 * (seed % 3)), seed);
        Path trace = folder.resolve("named.sqlite");
        NsysWriter.write(Simulation.run(run.labels(Labels.MEGATRON).build()), trace);
        KernelNames.makeOne(trace);
        Analysis analysis = Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
        assertThat(FoundTasks.of(analysis))
                .isNotEmpty()
                .isEqualTo(FoundTasks.of(analyse(run.labels(Labels.OWN), "own")));
    }

    @Test
    void namesThatContradictStructureLeaveNoPipeline() throws Exception {
        SimulationBuilder run = run(ScheduleKind.ONE_F_ONE_B, new Shape(4, 1, 8), 1);
        Analysis analysis = analyse(
                run.labels(Labels.MEGATRON),
                "named",
                "UPDATE NVTX_EVENTS SET text = replace(text, 'forward', 'backward') WHERE rowid % 3 = 0");
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings())
                .anySatisfy(warning -> assertThat(warning.text())
                        .contains("transfers otherwise than what was computed before and after them"));
    }

    /** Without them each micro-batch of a naive run would be an iteration. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void stepRangesAreIterations(int seed) throws Exception {
        SimulationBuilder run = run(ScheduleKind.NAIVE, new Shape(2 + seed, 1, 3), seed);
        Analysis analysis =
                analyse(run.labels(Labels.TORCH), "steps", "DELETE FROM NVTX_EVENTS WHERE text LIKE 'PP:%'");
        assertThat(FoundTasks.of(analysis))
                .isNotEmpty()
                .isEqualTo(FoundTasks.of(analyse(run.labels(Labels.OWN), "own")));
        assertThat(step(analysis, "iterations").by()).contains("step ranges");
    }

    /** Ranges that end in the middle of their iterations enclose something else. */
    @Test
    void stepRangesThatPartMicroBatchesAreNoIterations() throws Exception {
        SimulationBuilder run = run(ScheduleKind.GPIPE, new Shape(3, 1, 6), 1);
        Analysis bare = analyse(run.labels(Labels.NONE), "bare");
        Analysis analysis = analyse(
                run.labels(Labels.TORCH),
                "steps",
                "DELETE FROM NVTX_EVENTS WHERE text LIKE 'PP:%'",
                "UPDATE NVTX_EVENTS SET end = start + (end - start) / 2 WHERE text LIKE 'ProfilerStep%'");
        assertThat(FoundTasks.of(analysis)).isNotEmpty().isEqualTo(FoundTasks.of(bare));
        assertThat(analysis.warnings()).extracting(Warning::code).contains("steps-contradict");
    }

    private static SimulationBuilder run(ScheduleKind kind, Shape shape, int seed) {
        return SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000))
                .jitter(0.1)
                .kernels(1 + seed % 4)
                .transfer(40_000)
                .iterations(3)
                .seed(seed);
    }

    private static StructureStep step(Analysis analysis, String name) {
        return analysis.pipelines().get(0).structure().stream()
                .filter(step -> step.step().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Analysis analyse(SimulationBuilder run, String name, String... statements) throws Exception {
        Path trace = folder.resolve(name + ".sqlite");
        NsysWriter.write(Simulation.run(run.build()), trace);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + trace);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }
}
