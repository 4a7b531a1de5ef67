package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
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
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that do not say whether they send or receive, and no range that does: what is computed around them tells. */
class SilentKernelsTest {

    private static final List<ScheduleKind> CHAINS = List.of(
            ScheduleKind.ONE_F_ONE_B, ScheduleKind.GPIPE, ScheduleKind.FORWARD, ScheduleKind.NAIVE, ScheduleKind.ZB_H1);
    private static final List<ScheduleKind> KINDS = Stream.concat(
                    CHAINS.stream(), Stream.of(ScheduleKind.INTERLEAVED, ScheduleKind.DECODE))
            .toList();

    /** Seeds of each test. */
    private static final int SEEDS = Integer.getInteger("bubbletrace.unlabelled", 20);

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    /** Before its send a posted receive is there; else receiving, computing and sending take turns. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void chainsAreFound(int seed) throws IOException {
        Random random = new Random(seed);
        ScheduleKind kind = CHAINS.get(seed % CHAINS.size());
        Receive receive = Receive.values()[1 + random.nextInt(2)];
        SimulationBuilder run = run(kind, 3, receive, random, seed);
        PipelineAnalysis silent = requireFound(run, kind + " " + receive);
        assertThat(silent.structure().get(0).by()).startsWith("both sides of a transfer end together; directions by ");
    }

    /** The same where receives are posted ahead; in a GPipe run in perfect step that leaves two ways. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void postedReceivesAreFound(int seed) throws IOException {
        Random random = new Random(2000 + seed);
        ScheduleKind kind = CHAINS.get(seed % 4);
        requireFound(
                run(kind, 2, Receive.PREPOSTED, random, seed).jitter(kind == ScheduleKind.GPIPE ? 0.1 : 0), kind + "");
    }

    /** Several chunks on each device, or tokens fed back, in a ring; that of a run in perfect step may leave two ways. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ringsAreFound(int seed) throws IOException {
        Random random = new Random(3000 + 7919L * seed);
        ScheduleKind kind = seed % 4 == 3 ? ScheduleKind.DECODE : ScheduleKind.INTERLEAVED;
        Receive receive = kind == ScheduleKind.DECODE ? Receive.values()[1 + random.nextInt(2)] : Receive.SERIAL;
        requireFound(run(kind, kind == ScheduleKind.DECODE ? 3 : 2, receive, random, seed), kind + " " + receive);
    }

    /** The same where receives are posted ahead, and where senders wait for them. */
    @ParameterizedTest(name = "{0} stages, {1} chunks, {2}, jitter {3}, {4} a file")
    @CsvSource({
        "2, 2, PREPOSTED, 0, 0",
        "2, 4, PREPOSTED, 0.1, 1",
        "3, 3, PREPOSTED, 0.1, 0",
        "4, 2, PREPOSTED, 0.1, 1",
        "5, 3, PREPOSTED, 0, 0",
        "8, 4, PREPOSTED, 0.1, 0",
        "8, 2, PREPOSTED, 0, 1",
        "16, 2, PREPOSTED, 0.1, 0",
        "2, 3, BLOCKING, 0, 0",
        "3, 2, BLOCKING, 0.1, 1",
        "4, 3, BLOCKING, 0, 0",
        "8, 2, BLOCKING, 0.1, 0",
        "12, 2, SERIAL, 0, 1",
        "16, 3, SERIAL, 0.1, 0"
    })
    void ringsAreFoundWheneverReceivesArePosted(int stages, int chunks, Receive receive, double jitter, int perFile)
            throws IOException {
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.INTERLEAVED, new Shape(stages, chunks, stages), TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .jitter(jitter)
                .transfer(40_000)
                .host(stages % 2 == 0 ? 30_000 : 0)
                .imbalance(stages, 1.4)
                .kernels(3)
                .iterations(2)
                .ranksPerFile(perFile)
                .seed(stages + chunks);
        requireFound(run, "interleaved " + receive);
    }

    /** Weight gradients that take time, so that receives are posted after them. */
    @ParameterizedTest(name = "{0} stages, {1}")
    @CsvSource({"3, SERIAL", "4, BLOCKING", "8, SERIAL", "6, BLOCKING"})
    void weightGradientsAreFound(int stages, Receive receive) throws IOException {
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.ZB_H1,
                        new Shape(stages, 1, 2 * stages),
                        new TaskTimes(1_000_000, 1_000_000, OptionalLong.of(700_000)))
                .receive(receive)
                .jitter(0.1)
                .transfer(40_000)
                .kernels(3)
                .iterations(2)
                .seed(stages);
        requireFound(run, "zb-h1 " + receive);
    }

    /** A sender that waits goes on when its transfer ends, like a receiver: when sends would leave tells them apart. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3})
    void blockedSendsAreNoReceives(int seed) throws IOException {
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.ZB_H1, new Shape(2, 1, 5), TaskTimes.of(1_000_000, 2_000_000))
                .receive(Receive.BLOCKING)
                .jitter(0.1)
                .transfer(80_000)
                .host(30_000)
                .imbalance(0, 1.4)
                .kernels(4)
                .seed(seed);
        requireFound(run, "zb-h1");
    }

    /**
     * Where blocked sends leave turns too many ways, what is computed around them alone may take each forward of the last stage
     * for a weight gradient: the other stage's forwards, which run the same kernels, say that it is none.
     */
    @Test
    void forwardsAreNoWeightGradients() throws IOException, SQLException {
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.ZB_H1,
                        new Shape(2, 1, 20),
                        new TaskTimes(1_059_493, 1_210_008, OptionalLong.of(353_164)))
                .receive(Receive.BLOCKING)
                .jitter(0.3)
                .transfer(40_000)
                .host(10_000)
                .imbalance(0, 0.7349817956129943)
                .kernels(6)
                .iterations(3)
                .boundary(200_000_000)
                .ranksPerFile(1)
                .seed(3066795870591132603L);
        StrippedRun stripped = new StrippedRun(run, false, true);
        Analysis silent = stripped.bare(NcclDetail.NONE, folder);
        if (!silent.pipelines().isEmpty()) {
            assertThat(AnalysisDifference.of(silent, stripped.labelled(folder))).isEmpty();
        }
    }

    /** Tensor-parallel lanes start and end all they do together. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"1f1b, BLOCKING", "gpipe, SERIAL", "forward, BLOCKING", "1f1b, PREPOSTED"})
    void lanesAreFound(String key, Receive receive) throws IOException {
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.of(key).orElseThrow(), new Shape(4, 1, 6), TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .jitter(0.1)
                .transfer(40_000)
                .kernels(3)
                .layout(new Layout(2, 4, 1, Layout.DEFAULT_ORDER))
                .labels(Labels.NONE);
        Analysis named = analyse(run.labels(Labels.OWN).nccl(NcclDetail.CALLS), "named");
        Analysis silent = analyse(run.labels(Labels.NONE).nccl(NcclDetail.NONE), "silent");
        assertThat(FoundTasks.of(silent)).isNotEmpty().containsExactlyElementsOf(FoundTasks.of(named));
    }

    /** What two stages exchange at one moment may be one kernel on each, which does not say that it does both. */
    @ParameterizedTest(name = "{0} stages, {1} micro-batches, {2}, jitter {3}")
    @CsvSource({
        "2, 4, BLOCKING, 0.1",
        "2, 3, SERIAL, 0",
        "2, 8, BLOCKING, 0",
        "3, 6, BLOCKING, 0.1",
        "4, 8, SERIAL, 0.1",
        "4, 8, BLOCKING, 0",
        "8, 12, BLOCKING, 0.1",
        "8, 5, BLOCKING, 0",
        "16, 20, BLOCKING, 0.1",
    })
    void fusedKernelsAreFound(int stages, int microBatches, Receive receive, double jitter) throws IOException {
        SimulationBuilder run = SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B,
                        new Shape(stages, 1, microBatches),
                        TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .batched(true)
                .jitter(jitter)
                .transfer(40_000)
                .kernels(3)
                .iterations(2)
                .seed(stages);
        PipelineAnalysis silent = requireFound(run, "1f1b");
        assertThat(silent.structure().get(0).by()).endsWith("send and receive at once");
    }

    /** Where a doubt is left there is no pipeline, but never another than with names. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void othersAreFoundOrRefused(int seed) throws IOException {
        Random random = new Random(1000 + seed);
        ScheduleKind kind = KINDS.get(random.nextInt(KINDS.size()));
        Receive receive = kind == ScheduleKind.INTERLEAVED ? Receive.values()[random.nextInt(2)] : anyOf(random);
        SimulationBuilder run =
                run(kind, 2, receive, random, seed).batched(receive != Receive.PREPOSTED && random.nextBoolean());
        Analysis named = analyse(run.labels(Labels.OWN).nccl(NcclDetail.CALLS), "named");
        Analysis silent = analyse(run.labels(Labels.NONE).nccl(NcclDetail.NONE), "silent");
        if (silent.pipelines().isEmpty()) {
            assertThat(silent.warnings()).extracting(Warning::code).contains("no-structure");
        } else {
            requireSame(silent.pipelines().get(0), named.pipelines().get(0));
        }
    }

    private PipelineAnalysis requireFound(SimulationBuilder run, String what) throws IOException {
        Analysis named = analyse(run.labels(Labels.OWN).nccl(NcclDetail.CALLS), "named");
        Analysis silent = analyse(run.labels(Labels.NONE).nccl(NcclDetail.NONE), "silent");
        assertThat(silent.pipelines()).as("%s: %s", what, silent.warnings()).hasSize(1);
        requireSame(silent.pipelines().get(0), named.pipelines().get(0));
        return silent.pipelines().get(0);
    }

    private static Receive anyOf(Random random) {
        return Receive.values()[random.nextInt(Receive.values().length)];
    }

    private static SimulationBuilder run(ScheduleKind kind, int fewest, Receive receive, Random random, int seed) {
        int stages = fewest + random.nextInt(kind == ScheduleKind.DECODE ? 5 : 8 - fewest);
        int some = kind == ScheduleKind.NAIVE ? 1 : 2 + random.nextInt(9);
        Shape shape = switch (kind) {
            case INTERLEAVED -> new Shape(stages, 2 + random.nextInt(2), stages * (1 + random.nextInt(2)));
            case DECODE -> new Shape(stages, 1, 40).with(new Serving(stages, 0));
            default -> new Shape(stages, 1, some);
        };
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

    private Analysis analyse(SimulationBuilder run, String name) throws IOException {
        SimulationSpec spec = run.build();
        Path trace = folder.resolve(spec.ranksPerFile() > 0 ? name : name + ".sqlite");
        NsysWriter.write(Simulation.run(spec), trace);
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }

    private static void requireSame(PipelineAnalysis actual, PipelineAnalysis expected) {
        assertThat(AnalysisDifference.of(actual, expected)).isEmpty();
    }
}
