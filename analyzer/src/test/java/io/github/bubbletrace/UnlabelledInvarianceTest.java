package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.Labels;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found without labels does not depend on names and numbers, nor on other work beside the pipeline. */
class UnlabelledInvarianceTest {

    private static final int STAGES = 4;

    @TempDir
    private Path folder;

    private Path trace;
    private List<String> expected;

    @BeforeEach
    void writeRun() throws Exception {
        trace = folder.resolve("run.sqlite");
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(
                                ScheduleKind.ONE_F_ONE_B, new Shape(STAGES, 1, 6), TaskTimes.of(1_000_000, 2_000_000))
                        .jitter(0.1)
                        .kernels(4)
                        .transfer(50_000)
                        .iterations(3)
                        .labels(Labels.NONE)
                        .seed(3)
                        .build()),
                trace);
        expected = tasks();
        assertThat(expected).hasSize(STAGES * 2 * 6 * 3);
    }

    @Test
    void streamsMayHaveAnyNumber() throws Exception {
        change("UPDATE CUPTI_ACTIVITY_KIND_KERNEL SET streamId = 97 - streamId");
        assertThat(tasks()).isEqualTo(expected);
    }

    @Test
    void computeKernelsMayHaveAnyName() throws Exception {
        KernelNames.rename(trace);
        assertThat(tasks()).isEqualTo(expected);
    }

    @Test
    void computeKernelsMayAllHaveTheSameName() throws Exception {
        KernelNames.makeOne(trace);
        assertThat(tasks()).isEqualTo(expected);
    }

    @Test
    void ranksMayStandInAnyOrder() throws Exception {
        for (int rank = 0; rank < STAGES; rank++) {
            change("UPDATE NVTX_EVENTS SET text = 'MPI rank " + (rank * 3 + 2) % STAGES + "' WHERE text = 'MPI Rank "
                    + rank + "'");
        }
        assertThat(tasks()).isEqualTo(expected);
    }

    @Test
    void optimizerKernelsBetweenIterationsAreNoTasks() throws Exception {
        for (long end : ends()) {
            add(
                    "multi_tensor_apply_kernel_adam",
                    "SELECT * FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE streamId = 7 GROUP BY globalPid",
                    "start = " + (end + 100_000) + ", end = " + (end + 300_000) + ", correlationId = 0");
        }
        assertThat(tasks()).isEqualTo(expected);
    }

    @Test
    void collectivesInsideTasksAreNoPartOfTheChain() throws Exception {
        add(
                "ncclDevKernel_AllReduce_Sum_f32_RING_LL",
                "SELECT * FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE streamId = 7",
                "end = start + 1000, streamId = 40, correlationId = 0");
        assertThat(tasks()).isEqualTo(expected);
    }

    /** Of DualPipe's two ways the one that enters at the lower rank is the first, so that ranks keep their order there. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "naive",
                "gpipe",
                "1f1b",
                "interleaved",
                "zb-h1",
                "zb-h2",
                "zb-v",
                "dualpipe",
                "dualpipe-v",
                "forward",
                "decode"
            })
    void processesDevicesAndFilesMayStandInAnyOrder(String key) throws Exception {
        ScheduleKind kind = ScheduleKind.of(key).orElseThrow();
        int microBatches = kind == ScheduleKind.NAIVE ? 1 : kind == ScheduleKind.DECODE ? 40 : 2 * STAGES + 2;
        int chunks = kind == ScheduleKind.DECODE ? 1 : kind.usualChunks();
        Shape shape = new Shape(STAGES, chunks, kind == ScheduleKind.INTERLEAVED ? 2 * STAGES : microBatches);
        List<Path> files = NsysWriter.write(
                Simulation.run(SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000))
                        .jitter(0.1)
                        .kernels(4)
                        .transfer(50_000)
                        .iterations(kind == ScheduleKind.DECODE ? 1 : 2)
                        .boundary(200_000_000)
                        .ranksPerFile(1)
                        .labels(Labels.NONE)
                        .seed(5)
                        .build()),
                folder.resolve(key));
        List<String> before = tasks(files);
        List<Path> others = new ArrayList<>(files);
        Collections.reverse(others);
        for (int f = 0; f < others.size(); f++) {
            trace = others.get(f);
            Files.move(trace, trace.resolveSibling("other" + f + ".sqlite"));
            trace = trace.resolveSibling("other" + f + ".sqlite");
            others.set(f, trace);
            renumberProcesses();
            if (kind != ScheduleKind.DUALPIPE) {
                TraceEdits.permuteRanks(trace, STAGES, 2);
            }
        }
        assertThat(tasks(others)).isEqualTo(before);
    }

    /** Gives processes ids in the opposite order: the middle bits of their global ids. */
    private void renumberProcesses() throws Exception {
        for (String table : List.of("CUPTI_ACTIVITY_KIND_KERNEL", "PROCESSES")) {
            renumber(table, "globalPid");
        }
        for (String table : List.of("CUPTI_ACTIVITY_KIND_RUNTIME", "NVTX_EVENTS", "ThreadNames")) {
            renumber(table, "globalTid");
        }
        change(
                "UPDATE PROCESSES SET pid = 900000 - pid",
                "UPDATE TARGET_INFO_CUDA_CONTEXT_INFO SET processId = 900000 - processId",
                "UPDATE TARGET_INFO_CUDA_STREAM SET processId = 900000 - processId");
    }

    private void renumber(String table, String id) throws Exception {
        change("UPDATE " + table + " SET " + id + " = " + id + " + ((900000 - 2 * ((" + id
                + " >> 24) & 16777215)) << 24)");
    }

    /** Adds kernels called {@code name}: copies of others, changed. */
    private void add(String name, String others, String changed) throws Exception {
        change(
                "INSERT INTO StringIds(id, value) SELECT 1 + max(id), '" + name + "' FROM StringIds",
                "CREATE TEMP TABLE added AS " + others,
                "UPDATE added SET " + changed + ", demangledName = (SELECT max(id) FROM StringIds), shortName = (SELECT"
                        + " max(id) FROM StringIds)",
                "INSERT INTO CUPTI_ACTIVITY_KIND_KERNEL SELECT * FROM added");
    }

    @Test
    void aMissingRankLeavesNoPipelineAndIsSaid() throws Exception {
        change("DELETE FROM CUPTI_ACTIVITY_KIND_KERNEL WHERE deviceId = 1");
        Analysis analysis = Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings())
                .anySatisfy(warning -> assertThat(warning.text()).contains("traces of ranks are missing"));
    }

    /** The ends of the iterations in the file's time. */
    private List<Long> ends() throws Exception {
        Analysis analysis = Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
        long first;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + trace);
                Statement statement = connection.createStatement()) {
            first = statement
                    .executeQuery(
                            "SELECT min(start) FROM (SELECT start FROM CUPTI_ACTIVITY_KIND_KERNEL UNION SELECT start"
                                    + " FROM CUPTI_ACTIVITY_KIND_RUNTIME UNION SELECT start FROM NVTX_EVENTS WHERE eventType = 59)")
                    .getLong(1);
        }
        return analysis.pipelines().get(0).iterations().stream()
                .map(iteration -> iteration.endNs() + first)
                .toList();
    }

    private void change(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + trace);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> tasks() {
        return tasks(List.of(trace));
    }

    private static List<String> tasks(List<Path> files) {
        Analysis analysis = Analyzer.analyze(files, AnalysisOptions.defaults());
        assertThat(analysis.pipelines()).as("warnings %s", analysis.warnings()).hasSize(1);
        List<String> found = new ArrayList<>();
        for (IterationAnalysis iteration : analysis.pipelines().get(0).iterations()) {
            for (DeviceAnalysis device : iteration.devices()) {
                TaskSpans tasks = device.tasks();
                for (int t = 0; t < tasks.size(); t++) {
                    found.add(iteration.index() + " " + device.stage() + " " + tasks.chunk(t) + tasks.phase(t)
                            + tasks.microBatch(t) + " " + (tasks.endNs(t) - tasks.startNs(t)) + " at "
                            + (tasks.startNs(t) - iteration.startNs()));
                }
            }
        }
        return found;
    }
}
