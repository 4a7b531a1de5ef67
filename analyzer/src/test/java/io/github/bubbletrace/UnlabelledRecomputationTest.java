package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Recomputation;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Forwards that run once more before their backwards are tasks of their own without labels too, where names of kernels tell
 * them from what follows. {@code -Dbubbletrace.unlabelled=300} tries more seeds.
 */
class UnlabelledRecomputationTest {

    private static final List<ScheduleKind> KINDS =
            List.of(ScheduleKind.GPIPE, ScheduleKind.ONE_F_ONE_B, ScheduleKind.INTERLEAVED, ScheduleKind.ZB_H1);

    private static final int MOST_KERNELS = 8;

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("bubbletrace.unlabelled", KINDS.size() * MOST_KERNELS));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void labelsChangeNothing(int seed) throws IOException, SQLException {
        SimulationBuilder run = run(seed);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "own", false).pipelines().get(0);
        Analysis analysis = analyse(run.labels(Labels.NONE), "bare", false);
        assertThat(analysis.pipelines()).as("warnings %s", analysis.warnings()).hasSize(1);
        PipelineAnalysis actual = analysis.pipelines().get(0);
        assertThat(AnalysisDifference.of(actual, expected)).isEmpty();
        assertThat(actual.schedule().details().recomputation()).isEqualTo("full");
        assertThat(actual.structure()).extracting(StructureStep::step).contains("recomputations");
    }

    /** Kernels of one name leave open where a recomputation ends and its backward begins: never a wrong pipeline. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneNameForAllKernelsIsNoPipeline(int seed) throws IOException, SQLException {
        Analysis analysis = analyse(run(seed).labels(Labels.NONE), "bare", true);
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings()).extracting(Warning::code).contains("no-structure");
    }

    /** Receives block nowhere: with recomputations not every schedule could finish. */
    private static SimulationBuilder run(int seed) {
        Random random = new Random(seed);
        ScheduleKind kind = KINDS.get(seed % KINDS.size());
        int stages = 2 + random.nextInt(6);
        Shape shape = kind == ScheduleKind.INTERLEAVED
                ? new Shape(stages, 2, stages * (1 + random.nextInt(2)))
                : new Shape(stages, 1, 3 + random.nextInt(8));
        TaskTimes times =
                TaskTimes.of(1_000_000, 2_000_000).withRecompute(random.nextInt(3) == 0 ? 800_000 : 1_000_000);
        SimulationBuilder run = SimulationSpec.builder(Recomputation.of(kind.generate(shape)), times)
                .receive(random.nextBoolean() ? Receive.PREPOSTED : Receive.SERIAL)
                .jitter(0.1)
                .transfer(40_000L * random.nextInt(3))
                .host(random.nextBoolean() ? 30_000 : 0)
                .kernels(1 + seed / KINDS.size() % MOST_KERNELS)
                .iterations(1 + random.nextInt(3))
                .ranksPerFile(random.nextInt(2))
                .seed(seed);
        return random.nextBoolean() ? run.imbalance(random.nextInt(shape.chunks()), 1.4) : run;
    }

    private Analysis analyse(SimulationBuilder run, String name, boolean oneName) throws IOException, SQLException {
        SimulationSpec spec = run.build();
        Path trace = folder.resolve(spec.ranksPerFile() > 0 ? name : name + ".sqlite");
        for (Path file : NsysWriter.write(Simulation.run(spec), trace)) {
            if (oneName) {
                KernelNames.makeOne(file);
            }
        }
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }
}
