package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.pipeline.Layout;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NcclDetail;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.OtherTraffic;
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
 * What ranks of one stage send each other beside a pipeline (context parallelism, experts, data parallelism), and weights
 * that the first and the last stage hold: no hop of it. {@code -Dbubbletrace.unlabelled=300} tries more seeds.
 */
class UnlabelledBesideTest {

    private static final List<ScheduleKind> KINDS =
            List.of(ScheduleKind.ONE_F_ONE_B, ScheduleKind.GPIPE, ScheduleKind.DECODE);

    private static final List<ScheduleKind> TIED =
            List.of(ScheduleKind.ONE_F_ONE_B, ScheduleKind.GPIPE, ScheduleKind.ZB_H1);

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private enum Beside {
        RINGS,
        EXPERTS,
        REPLICA_RINGS,
        REPLICA_SUMS,
        TIED_WEIGHTS
    }

    @TempDir
    private Path folder;

    private boolean fused;

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("bubbletrace.unlabelled", 24));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void namedGroupsLeaveThePipeline(int seed) throws IOException, SQLException {
        Random random = random(seed);
        Beside beside = beside(seed);
        SimulationBuilder run = run(seed, beside, random).nccl(NcclDetail.PAYLOAD);
        requireSame(bare(run, beside), labelled(run));
    }

    /** Where nothing names groups there is the same pipeline or none. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void unnamedGroupsLeaveThePipelineOrNone(int seed) throws IOException, SQLException {
        Random random = random(seed);
        Beside beside = beside(seed);
        SimulationBuilder run = run(seed, beside, random);
        requireSameOrNone(bare(run, beside), labelled(run));
    }

    /** Nor where kernels do not even say whether they send. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void silentKernelsLeaveThePipelineOrNone(int seed) throws IOException, SQLException {
        Random random = random(seed);
        Beside beside = beside(seed);
        SimulationBuilder run = run(seed, beside, random).nccl(NcclDetail.NONE);
        requireSameOrNone(bare(run, beside), labelled(run));
    }

    /** Rings of stages that send nothing to each other are no decode loop, whatever named and whoever comes first. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ringsAloneAreNoPipeline(int seed) throws IOException, SQLException {
        Random random = random(seed);
        NcclDetail nccl =
                List.of(NcclDetail.PAYLOAD, NcclDetail.CALLS, NcclDetail.NONE).get(seed / 2 % 3);
        int ranks = 2 + random.nextInt(7);
        fused = random.nextBoolean();
        boolean lanes = random.nextBoolean();
        SimulationSpec spec = SimulationSpec.builder(
                        random.nextBoolean() ? ScheduleKind.FORWARD : ScheduleKind.GPIPE,
                        new Shape(2, 1, 4 + random.nextInt(9)),
                        TaskTimes.of(1_000_000, 2_000_000))
                .jitter(seed % 2 * 0.1)
                .transfer(40_000)
                .kernels(1 + random.nextInt(4))
                .layout(new Layout(lanes ? ranks : 1, 2, lanes ? 1 : ranks, Layout.DEFAULT_ORDER))
                .labels(Labels.NONE)
                .nccl(nccl)
                .seed(seed)
                .build();
        Path trace = folder.resolve("ring.sqlite");
        NsysWriter.write(Simulation.run(spec), trace);
        try (OtherTraffic other = new OtherTraffic(trace, spec, fused)) {
            other.addRings();
            other.removeHops();
        }
        Analysis analysis = Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings()).extracting(Warning::code).contains("no-structure");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void weightsThatBothEndsHoldAreLeftOut(int seed) throws IOException, SQLException {
        Random random = random(seed);
        fused = random.nextBoolean();
        int stages = 3 + random.nextInt(6);
        SimulationBuilder run = common(
                        SimulationSpec.builder(
                                TIED.get(seed % TIED.size()),
                                new Shape(stages, 1, 4 + random.nextInt(9)),
                                TaskTimes.of(1_000_000, 2_000_000)),
                        seed,
                        random)
                .nccl(random.nextBoolean() ? NcclDetail.PAYLOAD : NcclDetail.CALLS);
        requireSame(bare(run, Beside.TIED_WEIGHTS), labelled(run));
    }

    /** Small seeds that follow each other begin alike. */
    private static Random random(int seed) {
        return new Random(seed * SPREAD);
    }

    private static Beside beside(int seed) {
        boolean decodes = KINDS.get(seed % KINDS.size()) == ScheduleKind.DECODE;
        return Beside.values()[seed / KINDS.size() % (decodes ? 2 : 4)];
    }

    private SimulationBuilder run(int seed, Beside beside, Random random) {
        ScheduleKind kind = KINDS.get(seed % KINDS.size());
        fused = random.nextBoolean();
        int stages = 2 + random.nextInt(7);
        int ranks = 2 + random.nextInt(3);
        boolean inTasks = beside == Beside.RINGS || beside == Beside.EXPERTS;
        Shape shape = kind == ScheduleKind.DECODE
                ? new Shape(stages, 1, 20).with(new Serving(Math.max(1, stages - random.nextInt(2)), 0))
                : new Shape(stages, 1, 2 + random.nextInt(9));
        return common(SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000)), seed, random)
                .iterations(kind == ScheduleKind.DECODE ? 1 : 1 + random.nextInt(3))
                .layout(new Layout(inTasks ? ranks : 1, stages, inTasks ? 1 : ranks, Layout.DEFAULT_ORDER));
    }

    private static SimulationBuilder common(SimulationBuilder run, int seed, Random random) {
        return run.receive(Receive.values()[random.nextInt(Receive.values().length)])
                .jitter(random.nextInt(2) * 0.1)
                .transfer(40_000L * random.nextInt(3))
                .kernels(1 + random.nextInt(4))
                .iterations(1 + random.nextInt(3))
                .boundary(200_000_000)
                .seed(seed);
    }

    private Analysis labelled(SimulationBuilder run) throws IOException {
        Path trace = folder.resolve("own.sqlite");
        NsysWriter.write(Simulation.run(run.labels(Labels.OWN).build()), trace);
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }

    private Analysis bare(SimulationBuilder run, Beside beside) throws IOException, SQLException {
        SimulationSpec spec = run.labels(Labels.NONE).build();
        Path trace = folder.resolve("bare.sqlite");
        NsysWriter.write(Simulation.run(spec), trace);
        try (OtherTraffic other = new OtherTraffic(trace, spec, fused)) {
            switch (beside) {
                case RINGS -> other.addRings();
                case EXPERTS -> other.addExperts();
                case REPLICA_RINGS -> other.addReplicaRings();
                case REPLICA_SUMS -> other.addReplicaSums();
                case TIED_WEIGHTS -> other.addTiedWeights();
            }
        }
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }

    private static void requireSameOrNone(Analysis actual, Analysis expected) {
        if (actual.pipelines().isEmpty()) {
            assertThat(actual.warnings()).extracting(Warning::code).contains("no-structure");
        } else {
            requireSame(actual, expected);
        }
    }

    private static void requireSame(Analysis actual, Analysis expected) {
        assertThat(AnalysisDifference.of(actual, expected)).isEmpty();
    }
}
