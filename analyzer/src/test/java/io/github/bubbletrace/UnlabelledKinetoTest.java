package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.NcclDetail;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PyTorch's profiler names the other side of sends and receives and the group of ranks: that leaves no doubt who sends to
 * whom, even where stages run in perfect step, and tells a pipeline's hops from a ring's beside it.
 */
class UnlabelledKinetoTest {

    private static final int STAGES = 4;
    private static final int TENSOR = 2;

    /** No jitter: sends of several stages, and of both lanes, end together. */
    private static SimulationBuilder run() {
        return SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B, new Shape(STAGES, 1, 6), TaskTimes.of(1_000_000, 2_000_000))
                .kernels(2)
                .transfer(50_000)
                .iterations(3)
                .layout(new Layout(TENSOR, STAGES, 1, Layout.DEFAULT_ORDER));
    }

    @TempDir
    private Path folder;

    private Path export;
    private Analysis expected;

    private enum Beside {
        NOTHING,
        RING,
        LONG_RING,
        ALL_TO_ALL
    }

    @BeforeEach
    void writeRun() throws IOException {
        export = folder.resolve("own.sqlite");
        NsysWriter.write(Simulation.run(run().build()), export);
        expected = Analyzer.analyze(List.of(export), AnalysisOptions.defaults());
    }

    @Test
    void peersNameTheOtherSide() throws Exception {
        requireSame(kineto("pp", Beside.NOTHING, ""));
    }

    @Test
    void theRingOfContextParallelismIsNoHop() throws Exception {
        requireSame(kineto("pp", Beside.RING, "cp"));
    }

    /** What is not called a pipeline's is one where it alone makes one. */
    @Test
    void groupsNeedNoNames() throws Exception {
        requireSame(kineto("", Beside.RING, ""));
    }

    @Test
    void expertsExchangeIsNoHop() throws Exception {
        requireSame(kineto("pp", Beside.ALL_TO_ALL, "ep"));
    }

    @Test
    void aRingAloneIsNoPipeline() throws Exception {
        Analysis analysis = kineto(null, Beside.RING, "cp");
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings()).anySatisfy(w -> assertThat(w.code()).isEqualTo("no-structure"));
    }

    /** Peers and the ranks of their group say which stages there are; those of the other lane are missing altogether. */
    @ParameterizedTest(name = "stages {0}")
    @ValueSource(strings = {"0 1 3", "0 2 3", "1 3", "0 2", "0 3"})
    void placesOfRanksSayWhichStagesAreThere(String stages) throws Exception {
        List<Integer> ranks = Stream.of(stages.split(" "))
                .map(stage -> TENSOR * Integer.parseInt(stage))
                .toList();
        Analysis actual = kineto("pp", Beside.RING, "cp", ranks);
        Path own = folder.resolve("own");
        NsysWriter.write(
                Simulation.run(run().ranksPerFile(1).nccl(NcclDetail.PAYLOAD).build()), own);
        Analysis labelled = Analyzer.analyze(
                ranks.stream()
                        .map(rank -> own.resolve("rank" + rank + ".sqlite"))
                        .toList(),
                AnalysisOptions.defaults());
        assertThat(actual.pipelines()).as("%s", actual.warnings()).hasSize(1);
        assertThat(FoundTasks.of(actual)).isNotEmpty().containsExactlyElementsOf(FoundTasks.of(labelled));
        assertThat(actual.pipelines().get(0).totals().idleNs())
                .isEqualTo(labelled.pipelines().get(0).totals().idleNs());
    }

    /** Ranks between others of a ring send to the next and receive from the one before, as stages of forwards do. */
    @ParameterizedTest(name = "rank {0}")
    @ValueSource(ints = {2, 3, 4})
    void someRanksOfARingAreNoPipeline(int first) throws Exception {
        Analysis analysis = kineto(null, Beside.LONG_RING, "", List.of(first, first + 1));
        assertThat(analysis.pipelines()).isEmpty();
        assertThat(analysis.warnings()).anySatisfy(w -> assertThat(w.code()).isEqualTo("no-structure"));
    }

    private void requireSame(Analysis actual) {
        assertThat(actual.pipelines()).as("%s", actual.warnings()).hasSize(1);
        PipelineAnalysis found = actual.pipelines().get(0);
        PipelineAnalysis labelled = expected.pipelines().get(0);
        assertThat(found.tensorParallel()).isEqualTo(TENSOR);
        assertThat(found.schedule().kind()).isEqualTo("1f1b");
        assertThat(found.structure())
                .filteredOn(step -> step.step().equals("transfers"))
                .extracting(StructureStep::by)
                .containsExactly("the trace names both sides of a transfer");
        assertThat(found.totals().windowNs()).isEqualTo(labelled.totals().windowNs());
        assertThat(found.totals().idleNs()).isEqualTo(labelled.totals().idleNs());
    }

    /** The run as PyTorch's profiler writes it, without a label; {@code pipeline} is what its groups are called, null for none. */
    private Analysis kineto(String pipeline, Beside beside, String besideGroup) throws Exception {
        return kineto(
                pipeline,
                beside,
                besideGroup,
                IntStream.range(0, STAGES * TENSOR).boxed().toList());
    }

    private Analysis kineto(String pipeline, Beside beside, String besideGroup, List<Integer> ranks) throws Exception {
        Path files = Files.createDirectory(folder.resolve("kineto"));
        for (int rank : ranks) {
            StringBuilder text = new StringBuilder("{\"distributedInfo\": {\"backend\": \"nccl\", \"rank\": " + rank
                    + ", \"world_size\": " + STAGES * TENSOR + "}, \"traceEvents\": [\n");
            addKernels(text, rank, pipeline, beside, besideGroup);
            Files.writeString(
                    files.resolve("rank" + rank + ".json"),
                    text.append("{\"ph\": \"X\", \"cat\": \"Trace\", \"name\": \"Profiler\", \"pid\": \"Spans\","
                            + " \"tid\": \"x\"}]}"));
        }
        return Analyzer.analyze(List.of(files), AnalysisOptions.defaults());
    }

    private void addKernels(StringBuilder text, int rank, String pipeline, Beside beside, String besideGroup)
            throws SQLException {
        String query = "SELECT k.start, k.\"end\", k.streamId, k.correlationId, s.value, r.start, (SELECT n.text FROM"
                + " NVTX_EVENTS n WHERE n.globalTid = r.globalTid AND n.text LIKE '%it=%' AND n.start <= r.start AND"
                + " n.\"end\" >= r.start) FROM CUPTI_ACTIVITY_KIND_KERNEL k JOIN CUPTI_ACTIVITY_KIND_RUNTIME r ON"
                + " r.correlationId = k.correlationId AND r.globalTid >> 24 = k.globalPid >> 24 JOIN StringIds s ON"
                + " s.id = k.shortName WHERE k.globalPid >> 24 & 0xffffff = " + (1000 + rank) + " ORDER BY r.start";
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + export);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            int id = 100_000;
            while (row.next()) {
                String label = row.getString(7);
                boolean transfer = row.getString(5).contains("SendRecv");
                if (!transfer || pipeline != null) {
                    String said = transfer ? ", " + hop(label, rank, pipeline) : "";
                    add(text, row.getString(5), row, row.getLong(3), row.getInt(4), said);
                }
                if (!transfer && beside != Beside.NOTHING && row.getString(5).startsWith("gemm")) {
                    id = addBeside(text, row, rank, beside, besideGroup, id);
                }
            }
        }
    }

    /** In every task the ranks of a stage send round their ring and receive from it, or all exchange. */
    private static int addBeside(StringBuilder text, ResultSet row, int rank, Beside beside, String group, int from)
            throws SQLException {
        int size = beside == Beside.LONG_RING ? STAGES * TENSOR : TENSOR;
        int first = rank - rank % size;
        String members = "\"Process Group Name\": \"" + (9 + first) + "\", \"Process Group Description\": \"" + group
                + "\", \"Group size\": " + size + ", \"Process Group Ranks\": "
                + IntStream.range(first, first + size).boxed().toList();
        int id = from;
        if (beside == Beside.ALL_TO_ALL) {
            add(text, "ncclDevKernel_SendRecv", row, 30, ++id, ", \"Collective name\": \"all_to_all\", " + members);
            return id;
        }
        int next = first + (rank - first + 1) % size;
        int before = first + (rank - first + size - 1) % size;
        add(
                text,
                "ncclDevKernel_SendRecv",
                row,
                30,
                ++id,
                ", \"Collective name\": \"send\", \"Dst Rank\": " + next + ", " + members);
        add(
                text,
                "ncclDevKernel_SendRecv",
                row,
                31,
                ++id,
                ", \"Collective name\": \"recv\", \"Src Rank\": " + before + ", " + members);
        return id;
    }

    /** What a send or receive of the pipeline says: its peer stands as many ranks off as a stage has lanes. */
    private static String hop(String label, int rank, String group) {
        boolean send = label.startsWith("send");
        boolean up = label.contains("forward") == send;
        int peer = rank + (up ? TENSOR : -TENSOR);
        int lane = rank % TENSOR;
        return (send
                        ? "\"Collective name\": \"send\", \"Dst Rank\": "
                        : "\"Collective name\": \"recv\", \"Src Rank\": ")
                + peer + ", \"Process Group Name\": \"" + (3 + lane) + "\", \"Process Group Description\": \"" + group
                + "\", \"Group size\": " + STAGES + ", \"Process Group Ranks\": [" + lane + ", " + (lane + 2) + ", "
                + (lane + 4) + ", " + (lane + 6) + "]";
    }

    private static void add(StringBuilder text, String name, ResultSet row, long stream, int id, String said)
            throws SQLException {
        text.append(
                        "{\"ph\": \"X\", \"cat\": \"cuda_runtime\", \"name\": \"cudaLaunchKernel\", \"pid\": 7, \"tid\": 7, \"ts\": ")
                .append(micros(row.getLong(6)))
                .append(", \"dur\": 0.5, \"args\": {\"correlation\": ")
                .append(id)
                .append("}},\n{\"ph\": \"X\", \"cat\": \"kernel\", \"name\": \"")
                .append(name)
                .append("\", \"pid\": 0, \"tid\": ")
                .append(stream)
                .append(", \"ts\": ")
                .append(micros(row.getLong(1)))
                .append(", \"dur\": ")
                .append(BigDecimal.valueOf(row.getLong(2) - row.getLong(1), 3).toPlainString())
                .append(", \"args\": {\"device\": 0, \"stream\": ")
                .append(stream)
                .append(", \"correlation\": ")
                .append(id)
                .append(said)
                .append("}},\n");
    }

    private static String micros(long ns) {
        return BigDecimal.valueOf(1_682_725_898_236_567_000L + ns, 3).toPlainString();
    }
}
