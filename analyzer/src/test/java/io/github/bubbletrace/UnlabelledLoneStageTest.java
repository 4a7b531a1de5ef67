package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.ModelParts;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One rank's file of eight: what the device ran is known, what its gaps wait for is not. */
class UnlabelledLoneStageTest {

    private static final int STAGES = 8;

    /** Small seeds that follow each other begin alike. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void itsTasksAreThoseOfItsLabels(int seed) throws IOException {
        Random random = new Random(seed);
        ScheduleKind kind = random.nextBoolean() ? ScheduleKind.ONE_F_ONE_B : ScheduleKind.GPIPE;
        int rank = random.nextInt(STAGES - 1);
        Receive receive = Receive.values()[random.nextInt(Receive.values().length)];
        Analysis expected = analyse(kind, receive, rank, Labels.OWN, seed);
        Analysis actual = analyse(kind, receive, rank, Labels.NONE, seed);
        assertThat(tasks(actual)).isNotEmpty().containsExactlyElementsOf(tasks(expected));
        assertThat(actual.warnings()).extracting(Warning::code).contains("lone-stage");
        assertThat(actual.pipelines().get(0).totals().closedFormBubble()).isNull();
        assertThat(actual.pipelines().get(0).structure())
                .anySatisfy(step -> assertThat(step.by())
                        .contains(rank == 0 ? "it is the first stage" : "stages before and after it are missing"))
                .allSatisfy(step -> assertThat(step.confidence()).isBetween(0.0, 1.0));
        for (IterationAnalysis iteration : actual.pipelines().get(0).iterations()) {
            for (DeviceAnalysis device : iteration.devices()) {
                assertThat(device.idleNs().get(Cause.UNRESOLVED))
                        .isPositive()
                        .isEqualTo(device.idleNs().total());
            }
        }
    }

    /** A forward of 1F1B's last stage always touches its backward: alone it looks like a stage of forwards only. */
    @Test
    void aLastStageThatCannotBeToldFromForwardsIsNoPipeline() throws IOException {
        Analysis analysis = analyse(ScheduleKind.ONE_F_ONE_B, Receive.PREPOSTED, STAGES - 1, Labels.NONE, 1);
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings())
                .anySatisfy(warning -> assertThat(warning.text()).contains("traces of ranks are missing"));
    }

    /** One chunk runs one programme; chunks of one and of two layers do not, nor is the longer one two micro-batches. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void chunksOfDifferentProgrammesAreNoSingleChunk(int seed) throws IOException {
        Random random = new Random(seed * SPREAD);
        int stages = 3 + random.nextInt(4);
        int chunks = 2 + random.nextInt(2);
        int longer = random.nextInt(chunks);
        String layers = IntStream.range(0, stages * chunks)
                .mapToObj(chunk -> chunk / stages == longer ? "1,1" : "1")
                .collect(Collectors.joining("/"));
        Path run = folder.resolve("chunks");
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(
                                ScheduleKind.INTERLEAVED,
                                new Shape(stages, chunks, stages * (1 + random.nextInt(3))),
                                TaskTimes.of(1_000_000, 2_000_000))
                        .receive(random.nextBoolean() ? Receive.PREPOSTED : Receive.SERIAL)
                        .jitter(0.1 * random.nextInt(2))
                        .kernels(1 + random.nextInt(4))
                        .transfer(40_000)
                        .iterations(1 + random.nextInt(3))
                        .model(ModelParts.parse(layers))
                        .ranksPerFile(1)
                        .labels(Labels.NONE)
                        .seed(seed)
                        .build()),
                run);
        int rank = 1 + random.nextInt(stages - 2);
        Analysis analysis =
                Analyzer.analyze(List.of(run.resolve("rank" + rank + ".sqlite")), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings()).extracting(Warning::code).contains("no-structure");
    }

    private Analysis analyse(ScheduleKind kind, Receive receive, int rank, Labels labels, int seed) throws IOException {
        Path run = folder.resolve(labels.key());
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(
                                kind, new Shape(STAGES, 1, 4 + seed % 8), TaskTimes.of(1_000_000, 2_000_000))
                        .receive(receive)
                        .jitter(0.1)
                        .kernels(1 + seed % 6)
                        .transfer(40_000)
                        .iterations(3)
                        .ranksPerFile(1)
                        .labels(labels)
                        .seed(seed)
                        .build()),
                run);
        return Analyzer.analyze(List.of(run.resolve("rank" + rank + ".sqlite")), AnalysisOptions.defaults());
    }

    /** Chunks are left out: which stage it is shows on its labels alone. */
    private static List<String> tasks(Analysis analysis) {
        List<String> found = new ArrayList<>();
        analysis.pipelines()
                .forEach(pipeline -> pipeline.iterations().forEach(iteration -> {
                    TaskSpans tasks = iteration.devices().get(0).tasks();
                    for (int t = 0; t < tasks.size(); t++) {
                        found.add(iteration.index() + " " + tasks.phase(t) + tasks.microBatch(t) + " "
                                + (tasks.endNs(t) - tasks.startNs(t)) + " at "
                                + (tasks.startNs(t) - iteration.startNs()));
                    }
                }));
        return found;
    }
}
