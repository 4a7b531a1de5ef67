package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.attribution.Cause;
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

/**
 * Every structure with all that real runs have beside it, on ranks in any order: the same tasks, kind and causes with labels
 * and without. {@code -Dbubbletrace.unlabelled=300} tries more seeds.
 */
class UnlabelledStructuresTest {

    private static final List<ScheduleKind> KINDS = List.of(
            ScheduleKind.DECODE,
            ScheduleKind.NAIVE,
            ScheduleKind.ZB_V,
            ScheduleKind.GPIPE,
            ScheduleKind.INTERLEAVED,
            ScheduleKind.DUALPIPE_V,
            ScheduleKind.ONE_F_ONE_B,
            ScheduleKind.FORWARD,
            ScheduleKind.ZB_H1);

    private static final int MOST_STAGES = 16;

    /** A V holds two chunks a device. */
    private static final int MOST_FOLDED = 8;

    @TempDir
    private Path folder;

    private boolean optimizers;
    private boolean collectives;

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("bubbletrace.unlabelled", 2 * KINDS.size()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void labelsChangeNothing(int seed) throws IOException, SQLException {
        Random random = new Random(seed);
        ScheduleKind kind = KINDS.get(seed % KINDS.size());
        optimizers = random.nextBoolean() && kind != ScheduleKind.DECODE && kind != ScheduleKind.FORWARD;
        collectives = random.nextBoolean();
        SimulationBuilder run = run(kind, random).seed(seed);
        requireSame(run, kind);
    }

    /** Without jitter all devices of a ring act at once; only filling and draining show who sends to whom. */
    @ParameterizedTest(name = "{0} stages, {1} in flight, transfers of {2} ns, {3}")
    @CsvSource({
        "3, 3, 40000, SERIAL",
        "4, 4, 80000, SERIAL",
        "5, 5, 40000, BLOCKING",
        "10, 11, 40000, BLOCKING",
        "13, 11, 80000, SERIAL",
        "12, 8, 0, BLOCKING",
    })
    void ringsInStepAreDecode(int stages, int inFlight, long transferNs, Receive receive)
            throws IOException, SQLException {
        Shape shape = new Shape(stages, 1, 40).with(new Serving(inFlight, 0));
        requireSame(
                SimulationSpec.builder(ScheduleKind.DECODE, shape, TaskTimes.of(1_000_000, 2_000_000))
                        .transfer(transferNs)
                        .receive(receive)
                        .kernels(2)
                        .seed(stages),
                ScheduleKind.DECODE);
    }

    /** What goes round a ring for ever may be tokens or keys and values: only a stage that begins by itself tells. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void ringsThatBeginBeforeTheTraceAreNoPipeline(int seed) throws IOException, SQLException {
        int stages = 2 + seed;
        Path trace = folder.resolve("cut.sqlite");
        Shape shape = new Shape(stages, 1, 60).with(new Serving(seed % 2 == 0 ? stages : stages - 1, 0));
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(ScheduleKind.DECODE, shape, TaskTimes.of(1_000_000, 2_000_000))
                        .jitter(0.1)
                        .transfer(40_000)
                        .labels(Labels.NONE)
                        .seed(seed)
                        .build()),
                trace);
        TraceEdits.cutBeginning(trace, 0.4);
        Analysis analysis = Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings()).extracting(Warning::code).contains("no-structure");
    }

    /** Programmes of forwards and backwards must differ where both go the same way. */
    @ParameterizedTest(name = "{0} on {1} stages")
    @CsvSource({"zb-v, 2", "zb-v, 3", "zb-v, 6", "dualpipe-v, 2", "dualpipe-v, 3", "dualpipe-v, 5"})
    void aVOfKernelsOfOneNameIsRefused(String key, int stages) throws IOException, SQLException {
        ScheduleKind kind = ScheduleKind.of(key).orElseThrow();
        Path trace = folder.resolve("one.sqlite");
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(
                                kind, new Shape(stages, 2, 2 * stages + 2), TaskTimes.of(1_000_000, 2_000_000))
                        .jitter(0.1)
                        .kernels(3)
                        .labels(Labels.NONE)
                        .build()),
                trace);
        KernelNames.makeOne(trace);
        assertThat(Analyzer.analyze(List.of(trace), AnalysisOptions.defaults()).pipelines())
                .isEmpty();
    }

    private void requireSame(SimulationBuilder run, ScheduleKind kind) throws IOException, SQLException {
        PipelineAnalysis expected =
                analyse(run.labels(Labels.OWN), "own").pipelines().get(0);
        Analysis analysis = analyse(run.labels(Labels.NONE), "bare");
        assertThat(analysis.pipelines())
                .as("%s, warnings %s", kind, analysis.warnings())
                .hasSize(1);
        PipelineAnalysis actual = analysis.pipelines().get(0);
        assertThat(actual.schedule().kind()).isEqualTo(expected.schedule().kind());
        assertThat(FoundTasks.of(actual)).containsExactlyElementsOf(FoundTasks.of(expected));
        assertThat(actual.structure())
                .allSatisfy(step -> assertThat(step.confidence()).isBetween(0.5, 1.0));
        double deviceTime = (double) expected.totals().windowNs() * expected.stages();
        for (Cause cause : Cause.values()) {
            assertThat(actual.totals().idleNs().get(cause) / deviceTime)
                    .as("%s: %s", kind, cause)
                    .isCloseTo(expected.totals().idleNs().get(cause) / deviceTime, within(0.01));
        }
    }

    /** Interleaved and folded schedules cannot finish with blocking transfers. */
    private SimulationBuilder run(ScheduleKind kind, Random random) {
        boolean folded = kind == ScheduleKind.ZB_V || kind == ScheduleKind.DUALPIPE_V;
        boolean blocks = !folded && kind != ScheduleKind.INTERLEAVED;
        int stages = 2 + random.nextInt((folded ? MOST_FOLDED : MOST_STAGES) - 1);
        int some = 2 + random.nextInt(15);
        Shape shape = switch (kind) {
            case NAIVE -> new Shape(stages, 1, 1);
            case INTERLEAVED -> new Shape(stages, 2 + random.nextInt(3), stages * (1 + random.nextInt(2)));
            case DECODE ->
                new Shape(stages, 1, 20 + 2 * some)
                        .with(new Serving(Math.max(1, stages / 2 + random.nextInt(stages / 2 + 2)), 0));
            case ZB_V, DUALPIPE_V -> new Shape(stages, 2, 2 * stages + random.nextInt(8));
            default -> new Shape(stages, 1, some);
        };
        Receive[] modes = blocks ? Receive.values() : new Receive[] {Receive.PREPOSTED, Receive.SERIAL};
        SimulationBuilder run = SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000))
                .receive(modes[random.nextInt(modes.length)])
                .jitter(0.1)
                .transfer(40_000L * random.nextInt(3))
                .host(random.nextBoolean() ? 30_000 : 0)
                .kernels(2 + random.nextInt(5))
                .iterations(kind == ScheduleKind.DECODE ? 1 : 1 + random.nextInt(3))
                .boundary(200_000_000)
                .ranksPerFile(random.nextInt(2));
        return random.nextBoolean() ? run.imbalance(random.nextInt(shape.chunks()), 1.4) : run;
    }

    private Analysis analyse(SimulationBuilder run, String name) throws IOException, SQLException {
        SimulationSpec spec = run.build();
        Path trace = folder.resolve(spec.ranksPerFile() > 0 ? name : name + ".sqlite");
        for (Path file : NsysWriter.write(Simulation.run(spec), trace)) {
            TraceEdits.permuteRanks(file, spec.shape().devices(), spec.seed());
            if (collectives) {
                TraceEdits.addCollectives(file);
            }
            if (optimizers) {
                TraceEdits.addOptimizers(file);
            }
        }
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }
}
