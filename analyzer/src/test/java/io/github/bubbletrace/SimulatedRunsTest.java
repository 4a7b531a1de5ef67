package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.Check;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.ClosedForms;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.Link;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Simulated exports, whose true attribution is known, through the whole analysis. */
class SimulatedRunsTest {

    private static final TaskTimes TIMES = new TaskTimes(1_200_000, 2_400_000, OptionalLong.empty());
    private static final Shape SHAPE = new Shape(4, 1, 8);

    @TempDir
    private Path folder;

    static Stream<Arguments> balanced() {
        List<Arguments> cases = new ArrayList<>();
        for (int p : new int[] {2, 3, 4, 5, 8, 13, 16}) {
            for (int m : new int[] {1, 2, 4, 7, 16, 33, 64}) {
                if (p * m <= 300) {
                    for (ScheduleKind kind : List.of(
                            ScheduleKind.NAIVE, ScheduleKind.GPIPE, ScheduleKind.ONE_F_ONE_B, ScheduleKind.FORWARD)) {
                        cases.add(Arguments.of(kind, p, 1, m));
                    }
                }
            }
            for (int v : new int[] {2, 3, 4}) {
                cases.add(Arguments.of(ScheduleKind.INTERLEAVED, p, v, 2 * p));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}, {1} devices, {2} chunks, {3} micro-batches")
    @MethodSource("balanced")
    void closedFormsComeOutToTheNanosecond(ScheduleKind kind, int p, int v, int m) throws IOException {
        Shape shape = new Shape(p, v, m);
        PipelineAnalysis pipeline = only(analyse(SimulationSpec.builder(kind, shape, TIMES)));
        long idle = ClosedForms.idleNs(kind, shape, TIMES).orElseThrow();
        for (DeviceAnalysis device : pipeline.iterations().get(0).devices()) {
            assertThat(device.idleNs().total()).isEqualTo(idle);
            assertThat(device.idleNs().structure()).isEqualTo(idle);
        }
        assertThat(pipeline.totals().bubble())
                .isCloseTo(ClosedForms.bubble(kind, shape).orElseThrow(), within(1e-9));
        if (m > 1) {
            assertThat(pipeline.schedule().kind()).isEqualTo(kind.key());
        }
    }

    @Test
    void aSlowStageIsImbalance() throws IOException {
        Analysis analysis = analyse(run().imbalance(2, 1.3));
        assertOnlyBesideStructure(analysis, Cause.IMBALANCE);
        assertThat(analysis.findings().get(0).id()).isEqualTo("slow-stage");
        assertThat(analysis.findings().get(0).title()).contains("stage 2");
    }

    @ParameterizedTest
    @EnumSource(names = {"NAIVE", "GPIPE", "ONE_F_ONE_B", "INTERLEAVED", "FORWARD"})
    void aBalancedRunYieldsNoFindingAboveInfo(ScheduleKind kind) throws IOException {
        Shape shape = new Shape(4, kind == ScheduleKind.INTERLEAVED ? 2 : kind.usualChunks(), 8);
        Analysis analysis =
                analyse(SimulationSpec.builder(kind, shape, TIMES).iterations(3).kernels(4));
        assertThat(analysis.findings()).allMatch(f -> f.severity() == Severity.INFO);
        assertThat(analysis.checks()).extracting(Check::id).contains("slow-stage", "late-host", "slow-transfers");
    }

    @Test
    void oneStragglingTaskIsJitterAndNoSlowStage() throws IOException {
        Analysis analysis = analyse(run().straggler(0, new Action(Phase.F, 2, 3), 8));
        assertOnlyBesideStructure(analysis, Cause.JITTER);
        assertThat(analysis.findings().get(0).id()).isEqualTo("stragglers");
    }

    @ParameterizedTest
    @EnumSource(Receive.class)
    void aSlowLinkIsP2p(Receive receive) throws IOException {
        Analysis analysis = analyse(run().transfer(Link.between(1, 2), 900_000).receive(receive));
        assertOnlyBesideStructure(analysis, Cause.P2P);
        assertThat(analysis.findings().get(0).title()).contains("between stages 1 and 2");
    }

    @Test
    void lateLaunchesAreHostAndTheirStageIsNamed() throws IOException {
        Analysis analysis = analyse(run().host(1, 150_000));
        assertOnlyBesideStructure(analysis, Cause.HOST);
        assertThat(analysis.findings().get(0).id()).isEqualTo("late-host");
        assertThat(analysis.findings().get(0).title()).contains("only stage 1");
        List<DeviceAnalysis> devices = only(analysis).iterations().get(0).devices();
        assertThat(devices.get(1).ownLatenessNs()).isEqualTo(16 * 150_000);
        assertThat(devices.get(0).ownLatenessNs()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"OWN", "TORCH"})
    void oneFileARankAndOneFileForAllAgree(Labels labels) throws IOException {
        SimulationBuilder spec = run().iterations(3)
                .jitter(0.1)
                .host(20_000)
                .transfer(80_000)
                .kernels(3)
                .labels(labels)
                .seed(7);
        PipelineAnalysis together = only(analyse(spec));
        PipelineAnalysis apart = only(analyse(spec.ranksPerFile(1)));
        assertThat(apart.totals().windowNs()).isEqualTo(together.totals().windowNs());
        assertThat(apart.totals().idleNs()).isEqualTo(together.totals().idleNs());
        assertThat(apart.iterations()).hasSize(3);
    }

    @Test
    void labelsOfPyTorchGiveTheSameAsOurOwn() throws IOException {
        SimulationBuilder spec =
                run().iterations(2).jitter(0.1).transfer(80_000).seed(3);
        PipelineAnalysis own = only(analyse(spec));
        PipelineAnalysis torch = only(analyse(spec.labels(Labels.TORCH)));
        assertThat(torch.totals()).isEqualTo(own.totals());
        assertThat(torch.schedule().kind()).isEqualTo("1f1b");
    }

    @Test
    void withoutLabelsStructureShowsThePipelineAndThatIsSaid() throws IOException {
        Analysis analysis = analyse(run().labels(Labels.NONE));
        assertThat(only(analysis).schedule().from()).isEqualTo("structure");
        assertThat(analysis.warnings()).anyMatch(w -> w.code().equals("tasks-by-structure"));
    }

    @Test
    void everyIterationSumsAndReplaysItself() throws IOException {
        PipelineAnalysis pipeline = only(analyse(run().iterations(5)
                .jitter(0.2)
                .host(30_000)
                .transfer(50_000)
                .kernels(4)
                .seed(11)));
        assertThat(pipeline.iterations()).hasSize(5);
        for (IterationAnalysis iteration : pipeline.iterations()) {
            for (DeviceAnalysis device : iteration.devices()) {
                assertThat(device.busyNs() + device.idleNs().total()).isEqualTo(iteration.windowNs());
            }
            assertThat(iteration.replayNs().recorded()).isEqualTo(iteration.windowNs());
        }
        assertThat(pipeline.totals().predictionError()).isBetween(0.0, 0.2);
        assertThat(pipeline.totals().boundary().totalNs()).isPositive();
    }

    private static SimulationBuilder run() {
        return SimulationSpec.builder(ScheduleKind.ONE_F_ONE_B, SHAPE, TIMES);
    }

    private Analysis analyse(SimulationBuilder builder) throws IOException {
        Path target = folder.resolve("run" + System.nanoTime());
        SimulationSpec spec = builder.build();
        NsysWriter.write(Simulation.run(spec), target);
        return Analyzer.analyze(List.of(target), AnalysisOptions.defaults());
    }

    private static PipelineAnalysis only(Analysis analysis) {
        assertThat(analysis.pipelines()).hasSize(1);
        return analysis.pipelines().get(0);
    }

    private static void assertOnlyBesideStructure(Analysis analysis, Cause cause) {
        CauseTimes idle = only(analysis).totals().idleNs();
        assertThat(idle.get(cause)).isPositive();
        assertThat(idle.structure() + idle.get(cause)).isEqualTo(idle.total());
        assertThat(analysis.findings())
                .isSortedAccordingTo(Comparator.comparingDouble((io.github.bubbletrace.analysis.Finding f) -> f.gain())
                        .reversed());
    }
}
