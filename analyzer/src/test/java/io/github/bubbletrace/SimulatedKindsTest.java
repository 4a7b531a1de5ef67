package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.Prediction;
import io.github.bubbletrace.schedule.Predictor;
import io.github.bubbletrace.schedule.Recomputation;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.StagePrediction;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Labelled simulated runs of every kind get the attribution that was planted. */
class SimulatedKindsTest {

    private static final TaskTimes EQUAL =
            new TaskTimes(1_200_000, 1_200_000, OptionalLong.of(1_200_000)).withOverlap(2_000_000);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void anUndisturbedRunHasOnlyStructureAndThePredictedIdleTimes(ScheduleKind kind) throws IOException {
        Shape shape = new Shape(4, kind == ScheduleKind.INTERLEAVED ? 2 : chunks(kind), 12);
        PipelineAnalysis pipeline = analyse(SimulationSpec.builder(kind, shape, EQUAL));
        Prediction prediction = Predictor.predict(kind, shape, EQUAL, 0);
        List<DeviceAnalysis> devices = pipeline.iterations().get(0).devices();
        assertThat(devices.stream().map(device -> device.idleNs().total()))
                .isEqualTo(prediction.stages().stream()
                        .map(StagePrediction::idleNs)
                        .toList());
        assertThat(devices)
                .allSatisfy(device -> assertThat(device.idleNs().structure())
                        .isEqualTo(device.idleNs().total()));
        assertThat(devices.stream().map(DeviceAnalysis::peakInFlight)).isEqualTo(prediction.peakInFlight());
        assertThat(pipeline.totals().bubble()).isCloseTo(prediction.bubble(), within(1e-9));
        boolean alike = kind == ScheduleKind.PIPEDREAM || kind == ScheduleKind.ONE_F_ONE_B;
        assertThat(pipeline.schedule().kind()).isEqualTo(alike ? "1f1b" : kind.key());
        assertThat(pipeline.schedule().runnerUp()).matches(equal -> equal.equals("pipedream") == alike);
        assertThat(pipeline.schedule().details().stages()).isEqualTo(4);
        assertThat(pipeline.schedule().firstDisagreement()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aSlowStageIsImbalanceInEveryKind(ScheduleKind kind) throws IOException {
        CauseTimes idle = disturbed(kind, run -> run.imbalance(2, 1.4));
        assertThat(idle.get(Cause.IMBALANCE)).isPositive();
        assertThat(idle.get(Cause.HOST) + idle.get(Cause.P2P) + idle.get(Cause.UNRESOLVED))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void lateLaunchesAreHostInEveryKind(ScheduleKind kind) throws IOException {
        CauseTimes idle = disturbed(kind, run -> run.host(1, 150_000));
        assertThat(idle.get(Cause.HOST)).isPositive();
        assertThat(idle.structure() + idle.get(Cause.HOST)).isEqualTo(idle.total());
    }

    @ParameterizedTest
    @EnumSource
    void slowTransfersAreP2pInEveryKind(ScheduleKind kind) throws IOException {
        CauseTimes idle = disturbed(kind, run -> run.transfer(300_000));
        assertThat(idle.get(Cause.P2P)).isPositive();
        assertThat(idle.structure() + idle.get(Cause.P2P)).isEqualTo(idle.total());
    }

    @ParameterizedTest
    @EnumSource
    void aStragglerIsJitterInEveryKind(ScheduleKind kind) throws IOException {
        Phase phase = kind == ScheduleKind.DECODE ? Phase.D : Phase.F;
        CauseTimes idle = disturbed(kind, run -> run.straggler(0, new Action(phase, 2, 5), 8));
        assertThat(idle.get(Cause.JITTER)).isPositive();
        assertThat(idle.get(Cause.HOST) + idle.get(Cause.P2P) + idle.get(Cause.UNRESOLVED))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 4", "4, 4", "4, 12", "8, 9", "8, 32"})
    void zbH1HasItsClosedForm(int p, int m) throws IOException {
        PipelineAnalysis pipeline = analyse(SimulationSpec.builder(ScheduleKind.ZB_H1, new Shape(p, 1, m), EQUAL));
        assertThat(pipeline.totals().bubble()).isCloseTo((p - 1.0) / (3 * m + p - 1), within(1e-9));
        assertThat(pipeline.totals().closedFormBubble()).isCloseTo((p - 1.0) / (3 * m + p - 1), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"4, 1, 400", "4, 2, 400", "4, 3, 400", "4, 4, 400", "8, 6, 600"})
    void decodeStarvesByWhatIsNotInFlight(int p, int k, int n) throws IOException {
        Shape shape = new Shape(p, 1, n).with(new Serving(k, 0));
        PipelineAnalysis pipeline =
                analyse(SimulationSpec.builder(ScheduleKind.DECODE, shape, TaskTimes.of(1_000_000, 0)));
        double window = pipeline.totals().windowNs() * (double) p;
        long slots = (long) p * ((n - 1) / k) + (n - 1) % k + p;
        assertThat(pipeline.totals().windowNs()).isEqualTo(slots * 1_000_000L);
        assertThat(pipeline.totals().idleNs().get(Cause.STARVATION) / window)
                .isCloseTo(1 - (double) k / p, within(0.02));
        assertThat(pipeline.inFlight()).isEqualTo(k);
        assertThat(pipeline.schedule().kind()).isEqualTo("decode");
        assertThat(pipeline.totals().closedFormBubble())
                .isCloseTo(pipeline.totals().bubble(), within(1e-9));
    }

    /** PipeDream: iterations by label that run into each other are one window, however the labels number them. */
    @ParameterizedTest
    @EnumSource(names = {"OWN", "TORCH"})
    void anAsynchronousRunIsOneWindowWithoutFlush(Labels labels) throws IOException {
        int p = 4;
        int m = 6;
        int iterations = 5;
        Shape all = new Shape(p, 1, m * iterations);
        PipelineAnalysis pipeline = analyse(SimulationSpec.builder(ScheduleKind.PIPEDREAM, all, EQUAL)
                .marked(m)
                .labels(labels)
                .transfer(100_000)
                .jitter(0.05));
        assertThat(pipeline.iterations()).hasSize(1);
        assertThat(pipeline.microBatches()).isEqualTo(m * iterations);
        boolean told = labels == Labels.OWN;
        assertThat(pipeline.schedule().kind()).isEqualTo(told ? "pipedream" : "1f1b");
        assertThat(pipeline.schedule().runnerUp()).isEqualTo(told ? "1f1b" : "pipedream");
        assertThat(pipeline.schedule().firstDisagreement()).isNull();
        assertThat(pipeline.totals().closedFormBubble()).isCloseTo(3.0 / (m * iterations + 3), within(1e-9));
        assertThat(pipeline.totals().idleNs().get(Cause.HOST)).isZero();
    }

    @Test
    void theLabelsOfAnAsynchronousRunChangeNoCause() throws IOException {
        Shape all = new Shape(4, 1, 24);
        SimulationBuilder run = SimulationSpec.builder(ScheduleKind.PIPEDREAM, all, EQUAL)
                .transfer(200_000)
                .imbalance(1, 1.2)
                .host(20_000);
        PipelineAnalysis through = analyse(run);
        PipelineAnalysis marked = analyse(run.marked(8).straggler(1, new Action(Phase.F, 0, 2), 1.0));
        assertThat(marked.totals().idleNs()).isEqualTo(through.totals().idleNs());
    }

    /** Iterations of 1F1B follow each other, so nothing but 1F1B fits. */
    @Test
    void aFlushTells1F1BFromPipeDream() throws IOException {
        PipelineAnalysis pipeline = analyse(SimulationSpec.builder(ScheduleKind.ONE_F_ONE_B, new Shape(4, 1, 8), EQUAL)
                .iterations(3));
        assertThat(pipeline.iterations()).hasSize(3);
        assertThat(pipeline.schedule().kind()).isEqualTo("1f1b");
        assertThat(pipeline.schedule().runnerUp()).isNotEqualTo("pipedream");
    }

    @ParameterizedTest
    @EnumSource(names = {"GPIPE", "ONE_F_ONE_B", "INTERLEAVED", "ZB_H1", "ZB_V"})
    void recomputationIsSeenBesideTheKind(ScheduleKind kind) throws IOException {
        Shape shape = new Shape(4, kind == ScheduleKind.INTERLEAVED ? 2 : chunks(kind), 12);
        Schedule plain = kind.generate(shape);
        PipelineAnalysis pipeline = analyse(SimulationSpec.builder(Recomputation.of(plain), EQUAL));
        assertThat(pipeline.schedule().kind()).isEqualTo(kind.key());
        assertThat(pipeline.schedule().details().recomputation()).isEqualTo("full");
        assertThat(pipeline.schedule().firstDisagreement()).isNull();
        assertThat(analyse(SimulationSpec.builder(plain, EQUAL))
                        .schedule()
                        .details()
                        .recomputation())
                .isNull();
    }

    /** The last stage's trace is missing: in order that could be a deeper warm-up, but the first backward waits. */
    @ParameterizedTest
    @EnumSource(names = {"ONE_F_ONE_B", "ZB_H1", "ZB_H2", "GPIPE", "NAIVE"})
    void aMissingLastStageIsSeen(ScheduleKind kind) throws IOException {
        for (int p = 4; p <= 6; p++) {
            Path target = folder.resolve("part" + p);
            SimulationBuilder run = SimulationSpec.builder(kind, new Shape(p, 1, 12), EQUAL)
                    .jitter(0.05)
                    .ranksPerFile(1)
                    .iterations(2);
            List<Path> files = NsysWriter.write(Simulation.run(run.build()), target);
            PipelineAnalysis pipeline = Analyzer.analyze(files.subList(0, p - 1), AnalysisOptions.defaults())
                    .pipelines()
                    .get(0);
            assertThat(pipeline.schedule().kind()).isEqualTo(kind.key());
            assertThat(pipeline.schedule().firstDisagreement()).isNull();
            boolean anyWidth = kind == ScheduleKind.GPIPE || kind == ScheduleKind.NAIVE;
            assertThat(pipeline.schedule().details().stages()).isEqualTo(anyWidth ? p - 1 : p);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 2, 16, 8", "4, 2, 16, 5", "4, 3, 20, 6", "2, 4, 11, 4", "4, 2, 12, 12"})
    void interleavedGroupsOfAnySizeAreRecognised(int p, int v, int m, int group) throws IOException {
        Shape shape = new Shape(p, v, m).inGroupsOf(group);
        PipelineAnalysis pipeline = analyse(
                SimulationSpec.builder(ScheduleKind.INTERLEAVED, shape, EQUAL).jitter(0.05));
        assertThat(pipeline.schedule().kind()).isEqualTo("interleaved");
        assertThat(pipeline.schedule().firstDisagreement()).isNull();
        assertThat(pipeline.schedule().details().groupSize()).isEqualTo(group);
    }

    @Test
    void draftAndVerificationArePhasesOfTheirOwn() throws IOException {
        Shape shape = new Shape(4, 1, 60).with(new Serving(4, 6).drafting(3, 0.7));
        TaskTimes times = TaskTimes.of(1_000_000, 0).serving(OptionalLong.of(2_000_000), 500_000);
        PipelineAnalysis pipeline = analyse(
                SimulationSpec.builder(ScheduleKind.DECODE, shape, times).transfer(50_000));
        assertThat(pipeline.schedule().kind()).isEqualTo("decode");
        assertThat(pipeline.schedule().firstDisagreement()).isNull();
        assertThat(pipeline.inFlight()).isEqualTo(4);
        CauseTimes idle = pipeline.totals().idleNs();
        assertThat(idle.get(Cause.HOST) + idle.get(Cause.UNRESOLVED) + idle.get(Cause.IMBALANCE))
                .isZero();
        TaskSpans last = pipeline.iterations().get(0).devices().get(3).tasks();
        long drafts = IntStream.range(0, last.size())
                .filter(task -> last.phase(task) == Phase.S)
                .count();
        assertThat(drafts).isEqualTo(60);
        assertThat(last.phase(2)).isEqualTo(Phase.V);
        assertThat(pipeline.iterations().get(0).devices().stream()
                        .map(device -> device.idleNs().total()))
                .isEqualTo(Predictor.predict(ScheduleKind.DECODE, shape, times, 50_000).stages().stream()
                        .map(StagePrediction::idleNs)
                        .toList());
    }

    @Test
    void sizesThatChangeAreJitterOfEveryStage() throws IOException {
        Shape shape = new Shape(4, 1, 60).with(new Serving(4, 0));
        TaskTimes times = TaskTimes.of(1_000_000, 0).sized(List.of(1.0, 0.5, 2.0));
        PipelineAnalysis pipeline = analyse(SimulationSpec.builder(ScheduleKind.DECODE, shape, times));
        CauseTimes idle = pipeline.totals().idleNs();
        assertThat(idle.get(Cause.JITTER)).isPositive();
        assertThat(idle.structure() + idle.get(Cause.JITTER)).isEqualTo(idle.total());
    }

    @Test
    void prefillMixedInIsFoundAndItsSizeIsNoSlowStage() throws IOException {
        Shape shape = new Shape(4, 1, 60).with(new Serving(4, 5));
        TaskTimes times = TaskTimes.of(1_000_000, 0).serving(OptionalLong.of(3_000_000), 0);
        PipelineAnalysis pipeline = analyse(SimulationSpec.builder(ScheduleKind.DECODE, shape, times));
        assertThat(pipeline.schedule().kind()).isEqualTo("decode");
        assertThat(pipeline.inFlight()).isEqualTo(4);
        assertThat(pipeline.totals().idleNs().get(Cause.IMBALANCE)).isZero();
        assertThat(pipeline.totals().idleNs().get(Cause.HOST)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"ZB_H1", "ZB_V", "DUALPIPE", "DUALPIPE_V"})
    void pyTorchsLabelsGiveTheSame(ScheduleKind kind) throws IOException {
        Shape shape = new Shape(4, chunks(kind), 8);
        PipelineAnalysis own = analyse(SimulationSpec.builder(kind, shape, EQUAL));
        PipelineAnalysis torch =
                analyse(SimulationSpec.builder(kind, shape, EQUAL).labels(Labels.TORCH));
        assertThat(torch.totals()).isEqualTo(own.totals());
        assertThat(torch.schedule()).isEqualTo(own.schedule());
    }

    private static int chunks(ScheduleKind kind) {
        return kind.usualChunks();
    }

    private CauseTimes disturbed(ScheduleKind kind, java.util.function.Consumer<SimulationBuilder> how)
            throws IOException {
        Shape shape = new Shape(4, kind == ScheduleKind.INTERLEAVED ? 2 : chunks(kind), 12);
        SimulationBuilder run = SimulationSpec.builder(kind, shape, EQUAL);
        how.accept(run);
        return analyse(run).totals().idleNs();
    }

    private PipelineAnalysis analyse(SimulationBuilder builder) throws IOException {
        Path target = folder.resolve("run" + System.nanoTime());
        NsysWriter.write(Simulation.run(builder.build()), target);
        Analysis analysis = Analyzer.analyze(List.of(target), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).hasSize(1);
        return analysis.pipelines().get(0);
    }
}
