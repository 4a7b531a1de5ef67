package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.attribution.Cause;
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

/** Kernels that do not say whether they send or receive, and no range that does: what is computed around them tells. */
class SilentKernelsTest {

    private static final List<ScheduleKind> KINDS = List.of(
            ScheduleKind.ONE_F_ONE_B,
            ScheduleKind.GPIPE,
            ScheduleKind.FORWARD,
            ScheduleKind.NAIVE,
            ScheduleKind.INTERLEAVED);

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    /** A posted receive is there before its send, and naive runs have one thing going on at a time. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void postedReceivesAndNaiveRunsAreFound(int seed) throws IOException {
        Random random = new Random(seed);
        ScheduleKind kind = KINDS.get(random.nextInt(4));
        Receive receive = kind == ScheduleKind.NAIVE ? anyOf(random) : Receive.PREPOSTED;
        SimulationBuilder run = run(kind, receive, random, seed);
        Analysis named = analyse(run.nccl(NcclDetail.CALLS), "named");
        Analysis silent = analyse(run.nccl(NcclDetail.NONE), "silent");
        assertThat(silent.pipelines())
                .as("%s %s: %s", kind, receive, silent.warnings())
                .hasSize(1);
        requireSame(silent.pipelines().get(0), named.pipelines().get(0));
        assertThat(silent.pipelines().get(0).structure().get(0).by())
                .isEqualTo("both sides of a transfer end together; directions by what is computed before and after");
    }

    /** Where that leaves a doubt there is no pipeline, but never another than with names. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void othersAreFoundOrRefused(int seed) throws IOException {
        Random random = new Random(1000 + seed);
        ScheduleKind kind = KINDS.get(random.nextInt(KINDS.size()));
        Receive receive = kind == ScheduleKind.INTERLEAVED ? Receive.SERIAL : anyOf(random);
        SimulationBuilder run = run(kind, receive, random, seed);
        Analysis named = analyse(run.nccl(NcclDetail.CALLS), "named");
        Analysis silent = analyse(run.nccl(NcclDetail.NONE), "silent");
        if (silent.pipelines().isEmpty()) {
            assertThat(silent.warnings()).extracting(Warning::code).contains("no-structure");
        } else {
            requireSame(silent.pipelines().get(0), named.pipelines().get(0));
        }
    }

    private static Receive anyOf(Random random) {
        return Receive.values()[random.nextInt(Receive.values().length)];
    }

    private static SimulationBuilder run(ScheduleKind kind, Receive receive, Random random, int seed) {
        int stages = 2 + random.nextInt(8);
        int some = kind == ScheduleKind.NAIVE ? 1 : 2 + random.nextInt(9);
        Shape shape = kind == ScheduleKind.INTERLEAVED
                ? new Shape(stages, 2 + random.nextInt(2), stages * (1 + random.nextInt(2)))
                : new Shape(stages, 1, some);
        SimulationBuilder run = SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .jitter(random.nextBoolean() ? 0.1 : 0)
                .transfer(40_000L * random.nextInt(3))
                .host(random.nextBoolean() ? 30_000 : 0)
                .kernels(1 + random.nextInt(6))
                .iterations(1 + random.nextInt(3))
                .boundary(kind == ScheduleKind.FORWARD ? 50_000_000 : 1_000_000)
                .ranksPerFile(random.nextInt(2))
                .labels(Labels.NONE)
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
        assertThat(actual.schedule().kind()).isEqualTo(expected.schedule().kind());
        assertThat(FoundTasks.of(actual)).containsExactlyElementsOf(FoundTasks.of(expected));
        double deviceTime = (double) expected.totals().windowNs() * expected.stages();
        for (Cause cause : Cause.values()) {
            assertThat(actual.totals().idleNs().get(cause) / deviceTime)
                    .as("%s", cause)
                    .isCloseTo(expected.totals().idleNs().get(cause) / deviceTime, within(0.01));
        }
    }
}
