package io.github.bubbletrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.pipeline.fleet.Layout;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NCCL's payload names the communicator and the place of the peer in it: that leaves no doubt who sends to whom, even where
 * stages run in perfect step and replicas with them.
 */
class NcclPayloadRunsTest {

    private static final String NAMED = "the trace names both sides of a transfer";
    private static final int STAGES = 4;
    private static final int TENSOR = 2;

    @TempDir
    private Path folder;

    private Analysis expected;

    /** No jitter: sends of several stages, and of both lanes, end together. */
    private static SimulationBuilder run() {
        return SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B, new Shape(STAGES, 1, 6), TaskTimes.of(1_000_000, 2_000_000))
                .kernels(2)
                .transfer(50_000)
                .iterations(3)
                .layout(new Layout(TENSOR, STAGES, 1, Layout.DEFAULT_ORDER));
    }

    @BeforeEach
    void labelled() throws IOException {
        Path file = folder.resolve("own.sqlite");
        NsysWriter.write(Simulation.run(run().build()), file);
        expected = Analyzer.analyze(List.of(file), AnalysisOptions.defaults());
    }

    @ParameterizedTest(name = "{0}, {1} ranks a file")
    @CsvSource({"PAYLOAD, 0", "PAYLOAD, 1", "JSON, 0", "JSON, 2"})
    void payloadsNameTheOtherSide(NcclDetail detail, int ranksPerFile) throws Exception {
        requireSame(analyse(write(detail, ranksPerFile)), NAMED);
    }

    /** Calls alone and calls in groups say the size of what they send; fused kernels say one of each. */
    @ParameterizedTest
    @CsvSource({"PAYLOAD, 1f1b", "JSON, 1f1b", "PAYLOAD, interleaved"})
    void payloadsSayHowMuchTransfersMove(NcclDetail detail, String kind) throws Exception {
        boolean isRing = kind.equals("interleaved");
        SimulationBuilder run = SimulationSpec.builder(
                        isRing ? ScheduleKind.INTERLEAVED : ScheduleKind.ONE_F_ONE_B,
                        new Shape(STAGES, isRing ? 2 : 1, 8),
                        TaskTimes.of(1_000_000, 2_000_000))
                .transfer(50_000)
                .iterations(2)
                .nccl(detail);
        Path file = folder.resolve("sized.sqlite");
        NsysWriter.write(Simulation.run(run.build()), file);
        assertThat(analyse(file).pipelines().get(0).transfers()).isNotEmpty().allSatisfy(pair -> {
            assertThat(pair.sized()).isEqualTo(pair.count());
            assertThat(pair.medianBytes()).hasValue(1 << 24);
            assertThat(pair.medianBytesPerSecond()).hasValue((1L << 24) * 1_000_000_000L / 50_000);
        });
    }

    /** A capture that began after communicators were made, another name of a field, a table that the library has to read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM NVTX_EVENTS WHERE textId = (SELECT id FROM StringIds WHERE value = 'ncclCommInitRank')",
                "UPDATE NVTX_PAYLOAD_SCHEMA_ENTRIES SET name = 'Bytes' WHERE name = 'Message size [bytes]'",
                "ALTER TABLE NVTX_EVENTS RENAME TO read_by_the_library;"
                        + " CREATE VIEW NVTX_EVENTS AS SELECT * FROM read_by_the_library"
            })
    void olderFormsDoAsWell(String change) throws Exception {
        Path files = write(NcclDetail.PAYLOAD, 0);
        execute(files, change.split(";"));
        requireSame(analyse(files), NAMED);
    }

    /** Frameworks open a group of their own around each call within a group: the outermost launches. */
    @Test
    void groupsMayLieInGroups() throws Exception {
        Path file = write(NcclDetail.PAYLOAD, 0);
        String calls = ", domainId, globalTid FROM NVTX_EVENTS WHERE textId IN (SELECT id FROM StringIds WHERE value IN"
                + " ('ncclSend', 'ncclRecv'))";
        String insert = "INSERT INTO NVTX_EVENTS(start, end, eventType, textId, domainId, globalTid) SELECT ";
        execute(
                file,
                "INSERT INTO StringIds VALUES (900001, 'ncclGroupStart'), (900002, 'ncclGroupEnd')",
                insert + "start - 8, start - 6, 59, 900001" + calls,
                insert + "start - 4, start - 2, 59, 900001" + calls,
                insert + "start + 12, start + 14, 59, 900002" + calls,
                insert + "start + 16, end, 59, 900002" + calls,
                "UPDATE NVTX_EVENTS SET end = start + 10 WHERE textId IN (SELECT id FROM StringIds WHERE value IN"
                        + " ('ncclSend', 'ncclRecv'))");
        requireSame(analyse(file), NAMED);
    }

    @Test
    void jsonMayStandInTheTableOfStrings() throws Exception {
        Path file = write(NcclDetail.JSON, 0);
        execute(
                file,
                "INSERT INTO StringIds SELECT 100000 + row_number() OVER (), jsonText FROM (SELECT DISTINCT jsonText FROM"
                        + " NVTX_EVENTS WHERE jsonText IS NOT NULL)",
                "UPDATE NVTX_EVENTS SET jsonTextId = (SELECT id FROM StringIds WHERE value = jsonText), jsonText = NULL"
                        + " WHERE jsonText IS NOT NULL");
        requireSame(analyse(file), NAMED);
    }

    /** Payloads that are not what their schema says are counted and not used; ends then say who sends to whom. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE NVTX_EVENTS SET binaryData = substr(binaryData, 1, 40)",
                "UPDATE NVTX_EVENTS SET binaryData = substr(binaryData, 1, 20)",
                "UPDATE NVTX_EVENTS SET domainId = 7 WHERE binaryData IS NOT NULL",
                "UPDATE NVTX_PAYLOAD_SCHEMAS SET payloadSize = 16 WHERE payloadSize = 24",
                "DELETE FROM NVTX_PAYLOAD_SCHEMAS",
                "INSERT INTO NVTX_PAYLOAD_SCHEMA_ENTRIES SELECT domainId, schemaId, idx, flags, 6, name, description,"
                        + " arrayOrUnionDetail, 4 FROM NVTX_PAYLOAD_SCHEMA_ENTRIES"
            })
    void whatIsNotAsPromisedIsNotUsed(String damage) throws Exception {
        Path file = write(NcclDetail.PAYLOAD, 0);
        execute(file, damage);
        Analysis analysis = analyse(file);
        assertThat(analysis.warnings()).extracting(Warning::code).contains("nccl-payload-unreadable");
        requireSame(analysis, "both sides of a transfer end together");
    }

    /** A payload that names wrong peers is no reason to invent anything. */
    @Test
    void placesThatDoNotFitAreNotUsed() throws Exception {
        Path file = write(NcclDetail.JSON, 0);
        execute(
                file,
                "DELETE FROM NVTX_EVENTS WHERE jsonText LIKE '%No. of ranks%'",
                "UPDATE NVTX_EVENTS SET jsonText = replace(jsonText, '\"Peer rank\":1', '\"Peer rank\":3')");
        requireSame(analyse(file), "both sides of a transfer end together");
    }

    private void requireSame(Analysis actual, String by) {
        assertThat(actual.pipelines()).as("%s", actual.warnings()).hasSize(1);
        PipelineAnalysis found = actual.pipelines().get(0);
        PipelineAnalysis labelled = expected.pipelines().get(0);
        assertThat(found.tensorParallel()).isEqualTo(TENSOR);
        assertThat(found.schedule().kind()).isEqualTo("1f1b");
        assertThat(found.structure())
                .filteredOn(step -> step.step().equals("transfers"))
                .extracting(StructureStep::by)
                .containsExactly(by);
        assertThat(found.totals().windowNs()).isEqualTo(labelled.totals().windowNs());
        assertThat(found.totals().idleNs()).isEqualTo(labelled.totals().idleNs());
    }

    private Path write(NcclDetail detail, int ranksPerFile) throws IOException {
        Path target = ranksPerFile == 0 ? folder.resolve("bare.sqlite") : Files.createDirectory(folder.resolve("bare"));
        NsysWriter.write(
                Simulation.run(run().labels(Labels.NONE)
                        .nccl(detail)
                        .ranksPerFile(ranksPerFile)
                        .build()),
                target);
        return target;
    }

    private static Analysis analyse(Path trace) {
        return Analyzer.analyze(List.of(trace), AnalysisOptions.defaults());
    }

    private static void execute(Path file, String... changes) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String change : changes) {
                statement.execute(change);
            }
        }
    }
}
