package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas x lanes x chunks in any combination, ranks counting through them in any order. */
class SimulatedLayoutsTest {

    private static final List<ScheduleKind> KINDS = List.of(
            ScheduleKind.GPIPE,
            ScheduleKind.ONE_F_ONE_B,
            ScheduleKind.INTERLEAVED,
            ScheduleKind.ZB_H1,
            ScheduleKind.ZB_V,
            ScheduleKind.DUALPIPE,
            ScheduleKind.DUALPIPE_V,
            ScheduleKind.FORWARD,
            ScheduleKind.DECODE);
    private static final TaskTimes TIMES =
            new TaskTimes(1_200_000, 1_300_000, OptionalLong.of(900_000)).withOverlap(2_200_000);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17})
    void everyReplicaHasItsCountsAndTheCausesOfTheSinglePipeline(long seed) throws IOException {
        Random random = Seeds.random(seed);
        ScheduleKind kind = KINDS.get((int) seed % KINDS.size());
        int p = 2 * (1 + random.nextInt(2));
        int v = kind == ScheduleKind.INTERLEAVED ? 2 + random.nextInt(2) : kind.usualChunks();
        List<Dimension> order = new ArrayList<>(Layout.DEFAULT_ORDER);
        Collections.shuffle(order, random);
        Layout layout = new Layout(1 + random.nextInt(3), p, 1 + random.nextInt(3), order);
        Labels labels = random.nextBoolean() ? Labels.OWN : Labels.TORCH;
        SimulationBuilder run = SimulationSpec.builder(kind, new Shape(p, v, 4 * p), TIMES)
                .labels(kind == ScheduleKind.DECODE ? Labels.OWN : labels)
                .imbalance(1, 1.2)
                .transfer(40_000)
                .host(10_000)
                .iterations(2);
        String what = "seed " + seed + " " + kind + " " + layout + " " + labels;
        PipelineAnalysis single = analyse(run, "single", null).pipelines().get(0);
        Analysis copies = analyse(run.layout(layout), "copies", labels == Labels.TORCH ? layout : null);
        assertThat(copies.pipelines()).as(what).hasSize(layout.data());
        for (int replica = 0; replica < layout.data(); replica++) {
            PipelineAnalysis pipeline = copies.pipelines().get(replica);
            assertThat(pipeline.replica()).as(what).isEqualTo(replica);
            assertThat(pipeline.stages()).as(what).isEqualTo(p);
            assertThat(pipeline.chunksPerDevice()).as(what).isEqualTo(v);
            assertThat(pipeline.tensorParallel()).as(what).isEqualTo(layout.tensor());
            assertThat(pipeline.schedule()).as(what).isEqualTo(single.schedule());
            assertThat(pipeline.totals().bubble())
                    .as(what)
                    .isEqualTo(single.totals().bubble());
            assertSameCauses(what, layout, replica, pipeline, single);
        }
    }

    private static void assertSameCauses(
            String what, Layout layout, int replica, PipelineAnalysis pipeline, PipelineAnalysis single) {
        for (int i = 0; i < single.iterations().size(); i++) {
            IterationAnalysis iteration = pipeline.iterations().get(i);
            List<CauseTimes> wanted = single.iterations().get(i).devices().stream()
                    .map(DeviceAnalysis::idleNs)
                    .toList();
            assertThat(iteration.devices()).as(what).hasSize(layout.tensor() * layout.pipeline());
            for (DeviceAnalysis device : iteration.devices()) {
                assertThat(device.idleNs()).as(what).isEqualTo(wanted.get(device.stage()));
                assertThat(layout.of(device.rank(), Dimension.PP)).as(what).isEqualTo(device.stage());
                assertThat(layout.of(device.rank(), Dimension.DP)).as(what).isEqualTo(replica);
            }
        }
    }

    private Analysis analyse(SimulationBuilder run, String name, Layout told) throws IOException {
        Path target = folder.resolve(name + ".sqlite");
        NsysWriter.write(Simulation.run(run.build()), target);
        return Analyzer.analyze(List.of(target), AnalysisOptions.defaults().withLayout(told));
    }
}
