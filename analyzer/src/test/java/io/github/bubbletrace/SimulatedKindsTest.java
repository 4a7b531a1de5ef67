package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.Prediction;
import io.github.bubbletrace.schedule.Predictor;
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
        assertThat(pipeline.schedule().kind()).isEqualTo(kind == ScheduleKind.PIPEDREAM ? "1f1b" : kind.key());
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
