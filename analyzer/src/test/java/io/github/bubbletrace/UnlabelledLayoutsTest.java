package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.pipeline.fleet.Layout.Dimension;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensor-parallel lanes and replicas without labels: the same layout and causes as with them. */
class UnlabelledLayoutsTest {

    private static final Map<String, List<Dimension>> ORDERS = Map.of(
            "tp-dp-pp", List.of(Dimension.TP, Dimension.DP, Dimension.PP),
            "tp-pp-dp", List.of(Dimension.TP, Dimension.PP, Dimension.DP));

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "tp {0}, dp {1}, {2} stages, {3}, ranks a file {4}, order {5}")
    @CsvSource({
        "2, 2, 3, ONE_F_ONE_B, 0, tp-dp-pp",
        "2, 2, 4, GPIPE, 1, tp-dp-pp",
        "4, 1, 4, ONE_F_ONE_B, 1, tp-dp-pp",
        "1, 3, 4, ONE_F_ONE_B, 0, tp-dp-pp",
        "2, 3, 3, ONE_F_ONE_B, 0, tp-pp-dp",
        "2, 1, 3, FORWARD, 0, tp-dp-pp",
    })
    void lanesAndReplicasComeBack(int tensor, int data, int stages, ScheduleKind kind, int perFile, String order)
            throws IOException {
        SimulationBuilder run = SimulationSpec.builder(
                        kind, new Shape(stages, 1, 6), TaskTimes.of(1_000_000, 2_000_000))
                .jitter(0.1)
                .kernels(3)
                .transfer(40_000)
                .iterations(2)
                .boundary(20_000_000)
                .ranksPerFile(perFile)
                .layout(new Layout(tensor, stages, data, ORDERS.get(order)))
                .seed(tensor * 10L + data);
        Analysis expected = analyse(run.labels(Labels.OWN), "own");
        Analysis actual = analyse(run.labels(Labels.NONE), "bare");
        assertThat(actual.pipelines()).as("%s", actual.warnings()).hasSize(data);
        for (int replica = 0; replica < data; replica++) {
            PipelineAnalysis found = actual.pipelines().get(replica);
            assertThat(found.tensorParallel()).isEqualTo(tensor);
            assertThat(places(found)).isEqualTo(places(expected.pipelines().get(replica)));
            assertThat(found.totals())
                    .isEqualTo(expected.pipelines().get(replica).totals());
            assertThat(found.structure()).extracting(StructureStep::step).contains("lanes");
        }
    }

    private static List<String> places(PipelineAnalysis pipeline) {
        return pipeline.iterations().get(0).devices().stream()
                .map((DeviceAnalysis device) -> device.device() + " is stage " + device.stage())
                .toList();
    }

    private Analysis analyse(SimulationBuilder run, String name) throws IOException {
        SimulationSpec spec = run.build();
        Path trace = folder.resolve(spec.ranksPerFile() > 0 ? name : name + ".sqlite");
        NsysWriter.write(Simulation.run(spec), trace);
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }
}
