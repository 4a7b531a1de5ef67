package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Warning;
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
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Some ranks of a pipeline: where NCCL says which places they have, their tasks are those of their labels, and what waits
 * for the others is unresolved as it is with labels. {@code -Dbubbletrace.unlabelled=300} tries more seeds.
 */
class UnlabelledMissingRanksTest {

    private static final List<ScheduleKind> KINDS =
            List.of(ScheduleKind.GPIPE, ScheduleKind.ONE_F_ONE_B, ScheduleKind.FORWARD);

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("bubbletrace.unlabelled", 24));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void placesSayWhichStagesAreThere(int seed) throws IOException {
        Random random = new Random(seed);
        int stages = 3 + random.nextInt(6);
        SimulationBuilder run = run(KINDS.get(seed % KINDS.size()), new Shape(stages, 1, 2 + random.nextInt(9)), seed)
                .nccl(NcclDetail.PAYLOAD);
        List<Integer> ranks = IntStream.range(0, stages)
                .filter(rank -> rank == stages - 1 - seed % stages || random.nextBoolean())
                .filter(rank -> rank != (seed + 1) % stages)
                .boxed()
                .toList();
        List<Integer> some = ranks.isEmpty() ? List.of(0) : ranks;
        Analysis analysis = analyse(run.labels(Labels.NONE), some);
        Analysis labelled = analyse(run.labels(Labels.OWN), some);
        if (analysis.pipelines().isEmpty() && !some.contains(0) && !some.contains(stages - 1)) {
            assertThat(analysis.warnings()).extracting(Warning::text).anyMatch(text -> text.contains("one chunk each"));
            return;
        }
        assertThat(analysis.pipelines()).as("warnings %s", analysis.warnings()).hasSize(1);
        PipelineAnalysis actual = analysis.pipelines().get(0);
        PipelineAnalysis expected = labelled.pipelines().get(0);
        assertThat(FoundTasks.of(actual)).containsExactlyElementsOf(FoundTasks.of(expected));
        assertThat(actual.totals().idleNs()).isEqualTo(expected.totals().idleNs());
    }

    /** Each of several chunks sends to the same neighbours: stages between others do not show how many they hold. */
    @ParameterizedTest(name = "{0} blocks of micro-batches")
    @ValueSource(ints = {1, 2, 3})
    void severalChunksBetweenMissingRanksAreNoPipeline(int blocks) throws IOException {
        SimulationBuilder run = run(ScheduleKind.INTERLEAVED, new Shape(4, 2, 4 * blocks), blocks)
                .receive(Receive.PREPOSTED)
                .nccl(NcclDetail.PAYLOAD)
                .labels(Labels.NONE);
        Analysis analysis = analyse(run, List.of(1, 2));
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings()).extracting(Warning::text).anyMatch(text -> text.contains("one chunk each"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void withoutPlacesThereIsNoPipeline(int seed) throws IOException {
        SimulationBuilder run =
                run(ScheduleKind.ONE_F_ONE_B, new Shape(8, 1, 6), seed).labels(Labels.NONE);
        Analysis analysis = analyse(run, List.of(0, 2, 5));
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings())
                .extracting(Warning::text)
                .anyMatch(text -> text.contains("traces of ranks are missing"));
    }

    private static SimulationBuilder run(ScheduleKind kind, Shape shape, int seed) {
        Random random = new Random(seed);
        return SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000))
                .receive(Receive.values()[random.nextInt(Receive.values().length)])
                .jitter(0.1)
                .transfer(40_000L * random.nextInt(3))
                .host(random.nextBoolean() ? 30_000 : 0)
                .kernels(1 + random.nextInt(6))
                .iterations(1 + random.nextInt(3))
                .boundary(50_000_000)
                .ranksPerFile(1)
                .seed(seed);
    }

    private Analysis analyse(SimulationBuilder run, List<Integer> ranks) throws IOException {
        SimulationSpec spec = run.build();
        Path trace = folder.resolve(spec.labels().key());
        NsysWriter.write(Simulation.run(spec), trace);
        return Analyzer.analyze(
                ranks.stream()
                        .map(rank -> trace.resolve("rank" + rank + ".sqlite"))
                        .toList(),
                AnalysisOptions.defaults());
    }
}
