package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run stripped of its labels gives the tasks, the kind and the causes that it has with them. */
class UnlabelledRunsTest {

    private static final List<ScheduleKind> KINDS =
            List.of(ScheduleKind.ONE_F_ONE_B, ScheduleKind.GPIPE, ScheduleKind.FORWARD);

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, 48);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void labelsChangeNothing(int seed) throws IOException {
        Random random = new Random(seed);
        ScheduleKind kind = KINDS.get(random.nextInt(KINDS.size()));
        SimulationBuilder run = run(kind, random, seed);
        PipelineAnalysis expected = analyse(run.labels(Labels.OWN)).pipelines().get(0);
        Analysis analysis = analyse(run.labels(Labels.NONE));
        assertThat(analysis.pipelines())
                .as("%s, warnings %s", kind, analysis.warnings())
                .hasSize(1);
        PipelineAnalysis actual = analysis.pipelines().get(0);
        assertThat(actual.schedule().kind()).isEqualTo(expected.schedule().kind());
        assertThat(actual.microBatches()).isEqualTo(expected.microBatches());
        assertThat(tasks(actual)).containsExactlyElementsOf(tasks(expected));
        double deviceTime = (double) expected.totals().windowNs() * expected.stages();
        for (Cause cause : Cause.values()) {
            assertThat(actual.totals().idleNs().get(cause) / deviceTime)
                    .as("%s: %s", kind, cause)
                    .isCloseTo(expected.totals().idleNs().get(cause) / deviceTime, within(0.01));
        }
    }

    /** Forward-only runs without marks are one iteration unless they pause for longer than a passage. */
    private static SimulationBuilder run(ScheduleKind kind, Random random, int seed) {
        Shape shape = new Shape(2 + random.nextInt(9), 1, 2 + random.nextInt(9));
        Receive receive = Receive.values()[random.nextInt(Receive.values().length)];
        SimulationBuilder run = SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .jitter(random.nextBoolean() ? 0.1 : 0)
                .transfer(40_000L * random.nextInt(3))
                .host(random.nextBoolean() ? 30_000 : 0)
                .kernels(1 + random.nextInt(6))
                .iterations(1 + random.nextInt(3))
                .boundary(kind == ScheduleKind.FORWARD ? 50_000_000 : 1_000_000)
                .seed(seed);
        return random.nextBoolean() ? run.imbalance(random.nextInt(shape.devices()), 1.4) : run;
    }

    private Analysis analyse(SimulationBuilder run) throws IOException {
        Path trace = Files.createTempDirectory(folder, "run").resolve("run.sqlite");
        NsysWriter.write(Simulation.run(run.build()), trace);
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }

    private static List<String> tasks(PipelineAnalysis pipeline) {
        List<String> found = new ArrayList<>();
        for (IterationAnalysis iteration : pipeline.iterations()) {
            for (DeviceAnalysis device : iteration.devices()) {
                TaskSpans tasks = device.tasks();
                for (int t = 0; t < tasks.size(); t++) {
                    found.add(iteration.index() + " " + device.device() + " " + tasks.chunk(t) + tasks.phase(t)
                            + tasks.microBatch(t) + " "
                            + (tasks.endNs(t) - tasks.startNs(t)) + " at "
                            + (tasks.startNs(t) - iteration.startNs()));
                }
            }
        }
        return found;
    }
}
