package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run stripped of its labels gives the tasks, the kind and the causes that it has with them. */
class UnlabelledRunsTest {

    private static final List<ScheduleKind> KINDS = List.of(
            ScheduleKind.ONE_F_ONE_B,
            ScheduleKind.GPIPE,
            ScheduleKind.FORWARD,
            ScheduleKind.NAIVE,
            ScheduleKind.INTERLEAVED,
            ScheduleKind.DECODE,
            ScheduleKind.ZB_H1);

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, 72);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void labelsChangeNothing(int seed) throws IOException, SQLException {
        Random random = new Random(seed);
        ScheduleKind kind = KINDS.get(random.nextInt(KINDS.size()));
        SimulationBuilder run = run(kind, random, seed);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "own").pipelines().get(0);
        boolean needsNames = kind == ScheduleKind.INTERLEAVED && expected.stages() == 2;
        Analysis analysis = analyse(run.labels(Labels.NONE), "bare", !needsNames && random.nextInt(3) == 0);
        assertThat(analysis.pipelines())
                .as("%s, warnings %s", kind, analysis.warnings())
                .hasSize(1);
        PipelineAnalysis actual = analysis.pipelines().get(0);
        assertThat(actual.schedule().from()).isEqualTo("structure");
        assertThat(actual.structure())
                .hasSize(kind == ScheduleKind.ZB_H1 ? 6 : 5)
                .allSatisfy(step -> assertThat(step.confidence()).isBetween(0.5, 1.0));
        assertThat(actual.microBatches()).isEqualTo(expected.microBatches());
        assertThat(AnalysisDifference.of(actual, expected)).isEmpty();
    }

    /** Rings in perfect step leave open who sends to whom: then there is no pipeline, but never a wrong one. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("ringSeeds")
    void ringsAreFoundOrRefused(int seed) throws IOException, SQLException {
        Random random = new Random(seed);
        ScheduleKind kind = random.nextBoolean() ? ScheduleKind.INTERLEAVED : ScheduleKind.DECODE;
        Receive[] modes =
                kind == ScheduleKind.DECODE ? Receive.values() : new Receive[] {Receive.PREPOSTED, Receive.SERIAL};
        SimulationBuilder run = run(kind, random, seed).receive(modes[random.nextInt(modes.length)]);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "own").pipelines().get(0);
        Analysis analysis = analyse(run.labels(Labels.NONE), "bare", random.nextInt(4) == 0);
        if (analysis.pipelines().isEmpty()) {
            assertThat(analysis.warnings()).extracting(Warning::code).contains("no-structure");
        } else {
            assertThat(AnalysisDifference.of(analysis.pipelines().get(0), expected))
                    .isEmpty();
        }
    }

    static IntStream ringSeeds() {
        return IntStream.range(0, 30);
    }

    /** On two devices no split backward shows apart from its weight gradient; of one kernel split and whole ones look alike. */
    @ParameterizedTest(name = "{0} stages, {1} kernels")
    @CsvSource({
        "2, 3, either: stages of a ring run more tasks than the one at which they go no further",
        "4, 1, either: both ends of the chain compute before anything has come",
        "6, 1, either: both ends of the chain compute before anything has come"
    })
    void dualPipeWhoseBackwardsDoNotShowIsRefused(int stages, int kernels, String why)
            throws IOException, SQLException {
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.DUALPIPE, new Shape(stages, 2, 2 * stages + 2), TaskTimes.of(1_000_000, 2_000_000))
                .jitter(0.1)
                .kernels(kernels)
                .transfer(40_000)
                .iterations(2);
        assertThat(analyse(run.labels(Labels.OWN), "own").pipelines()).hasSize(1);
        Analysis analysis = analyse(run.labels(Labels.NONE), "bare");
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings())
                .filteredOn(warning -> warning.code().equals("no-structure"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.text()).contains(why));
    }

    /** Clocks of the files up to 5 ms off; with labels and without them. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void clockErrorsBetweenFilesChangeNothing(int seed) throws IOException, SQLException {
        Random random = new Random(seed);
        ScheduleKind kind = seed % 2 == 0 ? ScheduleKind.ONE_F_ONE_B : ScheduleKind.GPIPE;
        int stages = 2 + random.nextInt(6);
        SimulationBuilder run = SimulationSpec.builder(
                        kind, new Shape(stages, 1, 4 + random.nextInt(5)), TaskTimes.of(1_000_000, 2_000_000))
                .jitter(seed % 3 == 0 ? 0 : 0.1)
                .transfer(50_000)
                .iterations(3)
                .ranksPerFile(1)
                .seed(seed);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "true").pipelines().get(0);
        for (int rank = 0; rank < stages; rank++) {
            run.clockSkew(rank, random.nextInt(10_000_000) - 5_000_000L);
        }
        for (Labels labels : List.of(Labels.OWN, Labels.NONE)) {
            Analysis skewed = analyse(run.labels(labels), "skewed" + labels);
            assertThat(skewed.warnings()).extracting(Warning::code).contains("clocks-corrected");
            assertThat(skewed.pipelines()).hasSize(1);
            requireSameCauses(skewed.pipelines().get(0), expected);
        }
    }

    /** Clocks that also go faster or slower, over a run in which that makes milliseconds. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void drift(int seed) throws IOException, SQLException {
        Random random = new Random(seed);
        int stages = 2 + random.nextInt(4);
        long scale = seed % 2 == 0 ? 1 : 40;
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B,
                        new Shape(stages, 1, 16),
                        TaskTimes.of(1_000_000 * scale, 2_000_000 * scale))
                .jitter(seed % 3 == 0 ? 0 : 0.1)
                .transfer(50_000 * scale)
                .iterations(30)
                .boundary(1_000_000 * scale)
                .ranksPerFile(1)
                .seed(seed);
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "true").pipelines().get(0);
        for (int rank = 0; rank < stages; rank++) {
            run.clockSkew(rank, random.nextInt(10_000_000) - 5_000_000L, random.nextInt(80) - 40.0);
        }
        for (Labels labels : List.of(Labels.OWN, Labels.NONE)) {
            Analysis skewed = analyse(run.labels(labels), "skewed" + labels);
            assertThat(skewed.pipelines()).as("%s", skewed.warnings()).hasSize(1);
            requireSameCauses(skewed.pipelines().get(0), expected);
            assertThat(skewed.inputs())
                    .allSatisfy(input -> assertThat(input.clockErrorNs()).isLessThan(1_000));
        }
    }

    private static void requireSameCauses(PipelineAnalysis actual, PipelineAnalysis expected) {
        assertThat(AnalysisDifference.causes(actual, expected)).isEmpty();
    }

    /**
     * A run whose iterations the trace shows without marks: naive runs have one micro-batch in each, forwards pause for
     * longer than a passage between two. Rings in perfect step are left to their own test.
     */
    private static SimulationBuilder run(ScheduleKind kind, Random random, int seed) {
        boolean ring = kind == ScheduleKind.INTERLEAVED || kind == ScheduleKind.DECODE;
        int stages = 2 + random.nextInt(kind == ScheduleKind.DECODE ? 5 : 8);
        int some = kind == ScheduleKind.NAIVE ? 1 : 2 + random.nextInt(9);
        Shape shape = switch (kind) {
            case INTERLEAVED -> new Shape(stages, 2 + random.nextInt(2), stages * (1 + random.nextInt(2)));
            case DECODE -> new Shape(stages, 1, 40).with(new Serving(Math.max(2, stages - random.nextInt(2)), 0));
            default -> new Shape(stages, 1, some);
        };
        Receive receive = ring ? Receive.PREPOSTED : Receive.values()[random.nextInt(Receive.values().length)];
        SimulationBuilder run = SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .jitter(random.nextBoolean() ? 0.1 : 0)
                .transfer(40_000L * random.nextInt(3))
                .host(random.nextBoolean() ? 30_000 : 0)
                .kernels(1 + random.nextInt(6))
                .iterations(kind == ScheduleKind.DECODE ? 1 : 1 + random.nextInt(3))
                .boundary(kind == ScheduleKind.FORWARD ? 50_000_000 : 1_000_000)
                .ranksPerFile(random.nextInt(2))
                .seed(seed);
        return random.nextBoolean() ? run.imbalance(random.nextInt(shape.devices()), 1.4) : run;
    }

    private Analysis analyse(SimulationBuilder run, String name) throws IOException, SQLException {
        return analyse(run, name, false);
    }

    /** @param oneName whether all compute kernels get the same name, so that it tells nothing */
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
