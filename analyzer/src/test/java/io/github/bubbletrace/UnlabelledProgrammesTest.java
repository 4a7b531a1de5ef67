package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.ModelParts;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stages of an embedding, a head and different numbers of layers run different programmes: what is found without labels is
 * what labels say, or nothing. {@code -Dbubbletrace.unlabelled=300} tries more seeds.
 */
class UnlabelledProgrammesTest {

    private static final List<ScheduleKind> KINDS = List.of(
            ScheduleKind.ZB_V,
            ScheduleKind.INTERLEAVED,
            ScheduleKind.ONE_F_ONE_B,
            ScheduleKind.ZB_H1,
            ScheduleKind.GPIPE,
            ScheduleKind.DUALPIPE_V);

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("bubbletrace.unlabelled", 4 * KINDS.size()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void differentProgrammesAreFoundOrRefused(int seed) throws IOException, SQLException {
        Random random = new Random(seed);
        ScheduleKind kind = KINDS.get(seed % KINDS.size());
        int stages = 3 + random.nextInt(6);
        Shape shape = new Shape(stages, kind.usualChunks(), 2 * stages + random.nextInt(4));
        shape = kind == ScheduleKind.INTERLEAVED ? new Shape(stages, 2 + random.nextInt(2), 2 * stages) : shape;
        SimulationBuilder run = run(kind, shape, random)
                .model(ModelParts.parse(layers(shape.chunks(), random)))
                .seed(seed);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "own").pipelines().get(0);
        Analysis analysis = analyse(run.labels(Labels.NONE), "bare");
        if (analysis.pipelines().isEmpty()) {
            assertThat(analysis.warnings()).extracting(Warning::code).contains("no-structure");
            assertThat(kind).isEqualTo(ScheduleKind.DUALPIPE_V);
            return;
        }
        PipelineAnalysis actual = analysis.pipelines().get(0);
        assertThat(FoundTasks.of(actual)).containsExactlyElementsOf(FoundTasks.of(expected));
        requireSameCauses(actual, expected);
    }

    /** Of several chunks a device, on rings of any size, in perfect step as well; a kernel a layer or more. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void chunksOfDifferentProgrammesAreFound(int seed) throws IOException, SQLException {
        Random random = new Random(Long.reverse(seed * 0x9E3779B97F4A7C15L));
        int stages = 2 + seed % 8;
        Shape shape = new Shape(stages, 2 + random.nextInt(3), stages * (1 + random.nextInt(3)));
        SimulationBuilder run = run(ScheduleKind.INTERLEAVED, shape, random)
                .jitter(seed % 3 == 0 ? 0.1 : 0)
                .kernels(1 + random.nextInt(6))
                .model(ModelParts.parse(layers(shape.chunks(), random)))
                .seed(seed);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "own").pipelines().get(0);
        Analysis analysis = analyse(run.labels(Labels.NONE), "bare");
        assertThat(analysis.pipelines()).as("%s", analysis.warnings()).hasSize(1);
        PipelineAnalysis actual = analysis.pipelines().get(0);
        assertThat(actual.schedule().kind()).isEqualTo("interleaved");
        assertThat(FoundTasks.of(actual)).containsExactlyElementsOf(FoundTasks.of(expected));
        requireSameCauses(actual, expected);
    }

    /** Names alone tell phases apart on a ring of two, and the programmes of one name nothing on larger ones. */
    @ParameterizedTest(name = "{0} stages")
    @ValueSource(ints = {2, 3, 5})
    void chunksOfKernelsOfOneNameAreRefused(int stages) throws IOException, SQLException {
        Random random = new Random(stages);
        Shape shape = new Shape(stages, 2, 2 * stages);
        Path trace = folder.resolve("one.sqlite");
        NsysWriter.write(
                Simulation.run(run(ScheduleKind.INTERLEAVED, shape, random)
                        .ranksPerFile(0)
                        .model(ModelParts.parse(layers(shape.chunks(), random)))
                        .labels(Labels.NONE)
                        .build()),
                trace);
        KernelNames.makeOne(trace);
        Analysis analysis = Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings()).extracting(Warning::code).contains("no-structure");
    }

    /** Which of its two ways is the first shows nowhere: the one that enters at the lower rank is called so. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void dualPipeIsFoundButForTheNamesOfItsWays(int seed) throws IOException, SQLException {
        Random random = new Random(seed);
        int stages = 4 + 2 * random.nextInt(3);
        Shape shape = new Shape(stages, 2, 2 * stages + 2 * random.nextInt(4));
        SimulationBuilder run = run(ScheduleKind.DUALPIPE, shape, random).seed(seed);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "own").pipelines().get(0);
        Analysis analysis = analyse(run.labels(Labels.NONE), "bare");
        assertThat(analysis.pipelines()).as("%s", analysis.warnings()).hasSize(1);
        PipelineAnalysis actual = analysis.pipelines().get(0);
        assertThat(actual.schedule().kind()).isEqualTo("dualpipe");
        assertThat(tasks(actual, shape, false)).isIn(tasks(expected, shape, false), tasks(expected, shape, true));
        requireSameCauses(actual, expected);
    }

    private static List<String> tasks(PipelineAnalysis pipeline, Shape shape, boolean otherWay) {
        int chunks = otherWay ? shape.devices() : 0;
        int microBatches = otherWay ? shape.microBatches() / 2 : 0;
        List<String> found = new ArrayList<>();
        for (IterationAnalysis iteration : pipeline.iterations()) {
            for (DeviceAnalysis device : iteration.devices()) {
                TaskSpans tasks = device.tasks();
                for (int t = 0; t < tasks.size(); t++) {
                    found.add(iteration.index() + " " + device.device() + " "
                            + (tasks.chunk(t) + chunks) % shape.chunks() + tasks.phase(t)
                            + (tasks.microBatch(t) + microBatches) % shape.microBatches() + " "
                            + (tasks.endNs(t) - tasks.startNs(t)) + " at " + (tasks.startNs(t) - iteration.startNs()));
                }
            }
        }
        Collections.sort(found);
        return found;
    }

    private static void requireSameCauses(PipelineAnalysis actual, PipelineAnalysis expected) {
        assertThat(AnalysisDifference.causes(actual, expected)).isEmpty();
    }

    private static SimulationBuilder run(ScheduleKind kind, Shape shape, Random random) {
        OptionalLong weightNs = kind.splitsBackward() ? OptionalLong.of(900_000) : OptionalLong.empty();
        return SimulationSpec.builder(kind, shape, new TaskTimes(1_000_000, 1_200_000, weightNs))
                .receive(random.nextBoolean() ? Receive.PREPOSTED : Receive.SERIAL)
                .jitter(0.1)
                .transfer(40_000L * random.nextInt(3))
                .host(random.nextBoolean() ? 30_000 : 0)
                .kernels(2 + random.nextInt(5))
                .iterations(1 + random.nextInt(3))
                .boundary(200_000_000)
                .ranksPerFile(random.nextInt(2));
    }

    /** An embedding first, a head last, one to three layers on each chunk. */
    private static String layers(int chunks, Random random) {
        List<String> parts = new ArrayList<>();
        for (int chunk = 0; chunk < chunks; chunk++) {
            String layers = String.join(",", Collections.nCopies(1 + random.nextInt(3), "1"));
            parts.add((chunk == 0 ? "e2," : "") + layers + (chunk == chunks - 1 ? ",h4" : ""));
        }
        return String.join("/", parts);
    }

    private Analysis analyse(SimulationBuilder run, String name) throws IOException, SQLException {
        SimulationSpec spec = run.build();
        Path trace = folder.resolve(spec.ranksPerFile() > 0 ? name : name + ".sqlite");
        for (Path file : NsysWriter.write(Simulation.run(spec), trace)) {
            TraceEdits.permuteRanks(file, spec.shape().devices(), spec.seed());
        }
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }
}
