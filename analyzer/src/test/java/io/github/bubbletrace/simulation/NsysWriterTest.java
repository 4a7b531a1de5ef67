package io.github.bubbletrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NsysWriterTest {

    private static final String JOINED = "CUPTI_ACTIVITY_KIND_KERNEL k JOIN CUPTI_ACTIVITY_KIND_RUNTIME r"
            + " ON r.correlationId = k.correlationId AND k.globalPid = (r.globalTid & ~0xffffff)";

    private static final String LABELLED = JOINED + " JOIN NVTX_EVENTS n ON n.globalTid = r.globalTid"
            + " AND n.eventType = 59 AND n.domainId = 0 AND n.start <= r.start AND r.end <= n.end";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyKernelHasOneEarlierCallInOneLabelledRange(Receive receive) throws IOException, SQLException {
        SimulatedFile file = write(run().receive(receive).kernels(3).jitter(0.1));
        long kernels = file.number("SELECT count(*) FROM CUPTI_ACTIVITY_KIND_KERNEL");
        assertThat(kernels).isEqualTo(2 * (4 * 8 * 2 * 3 + 2 * 2 * 3 * 8));
        assertThat(file.number("SELECT count(*) FROM " + JOINED + " WHERE r.end <= k.start"))
                .isEqualTo(kernels);
        assertThat(file.number("SELECT count(*) FROM " + LABELLED)).isEqualTo(kernels);
        assertThat(file.number("SELECT count(*) FROM CUPTI_ACTIVITY_KIND_RUNTIME"))
                .isEqualTo(kernels);
    }

    @Test
    void correlationIdsOfProcessesCollide() throws IOException, SQLException {
        SimulatedFile file = write(run());
        assertThat(file.number("SELECT count(DISTINCT globalPid) FROM CUPTI_ACTIVITY_KIND_KERNEL"
                        + " WHERE correlationId = 1"))
                .isEqualTo(4);
    }

    @Test
    void aTasksKernelsFollowEachOtherAndSumToItsDuration() throws IOException, SQLException {
        SimulatedFile file = write(run().kernels(7));
        String tasks = "SELECT n.text, sum(k.end - k.start) busy, max(k.end) - min(k.start) hull FROM " + LABELLED
                + " WHERE n.text LIKE '%phase=%' GROUP BY n.text, n.globalTid";
        assertThat(file.number("SELECT count(*) FROM (" + tasks + ")")).isEqualTo(2 * 4 * 8 * 2);
        assertThat(file.rows("SELECT DISTINCT substr(text, -1), busy, hull FROM (" + tasks + ") ORDER BY 1"))
                .containsExactly("B|2000003|2000003", "F|1000001|1000001");
    }

    @ParameterizedTest
    @EnumSource
    void bothKernelsOfATransferEndTogether(Receive receive) throws IOException, SQLException {
        SimulatedFile file = write(run().receive(receive));
        String side = "(SELECT n.text, k.start, k.end FROM " + LABELLED + " WHERE n.text LIKE '%s_%%')";
        // A receive of activations is labelled with the next stage, one of gradients with the one before.
        String pairs = String.format(side, "send") + " s JOIN " + String.format(side, "recv") + " r ON "
                + "replace(replace(r.text, 'recv_forward', 'f'), 'recv_backward', 'b') = "
                + "substr(s.text, 6, 1) || substr(s.text, instr(s.text, ' '), 12) ||"
                + " (substr(s.text, instr(s.text, 'stage=') + 6, 1) + iif(substr(s.text, 6, 1) = 'f', 1, -1))"
                + " || substr(s.text, instr(s.text, ' mb='))";
        assertThat(file.number("SELECT count(*) FROM " + pairs + " WHERE s.end = r.end"))
                .isEqualTo(2 * 2 * 3 * 8);
        assertThat(file.number("SELECT min(s.end - max(s.start, r.start)) FROM " + pairs))
                .isEqualTo(100_000);
        assertThat(file.number("SELECT max(s.end - max(s.start, r.start)) FROM " + pairs))
                .isEqualTo(100_000);
    }

    @Test
    void kernelsOfAStreamNeverOverlap() throws IOException, SQLException {
        SimulatedFile file = write(run().kernels(2));
        assertThat(file.number("SELECT count(*) FROM (SELECT start, lag(end) OVER"
                        + " (PARTITION BY globalPid, streamId ORDER BY start, end) before"
                        + " FROM CUPTI_ACTIVITY_KIND_KERNEL) WHERE before > start"))
                .isZero();
    }

    @Test
    void rangesNestOrFollowEachOther() throws IOException, SQLException {
        SimulatedFile file = write(run().labels(Labels.TORCH));
        assertThat(file.number("SELECT count(*) FROM NVTX_EVENTS a JOIN NVTX_EVENTS b ON a.globalTid = b.globalTid"
                        + " AND a.start < b.start AND b.start < a.end AND a.end < b.end"))
                .isZero();
        assertThat(file.rows("SELECT text FROM NVTX_EVENTS WHERE text LIKE 'ProfilerStep%' ORDER BY start, text"))
                .hasSize(8)
                .contains("ProfilerStep#0", "ProfilerStep#1");
    }

    @Test
    void torchLabelsAreTheFrameworks() throws IOException, SQLException {
        SimulatedFile file = write(run().labels(Labels.TORCH).iterations(1));
        List<String> texts = file.rows("SELECT text FROM NVTX_EVENTS WHERE text LIKE 'PP:%' AND (globalTid >> 24)"
                + " & 0xffffff = 1001 ORDER BY start");
        assertThat(texts).contains("PP:1F0", "PP:1SEND_F0", "PP:1RECV_F7", "PP:1B7", "PP:1SEND_B7", "PP:1RECV_B0");
        assertThat(texts).allMatch(text -> text.matches("PP:1(F|B|SEND_F|RECV_F|SEND_B|RECV_B)[0-7]"));
    }

    @Test
    void withoutLabelsOnlyTheLibrarysRangesAreLeft() throws IOException, SQLException {
        SimulatedFile file = write(run().labels(Labels.NONE));
        assertThat(file.rows("SELECT DISTINCT s.value FROM NVTX_EVENTS n JOIN StringIds s ON s.id = n.textId"
                        + " JOIN NVTX_EVENTS d ON d.eventType = 75 AND d.text = 'NCCL' AND d.domainId = n.domainId"
                        + " AND d.globalTid = n.globalTid WHERE n.eventType = 59 ORDER BY 1"))
                .containsExactly("ncclRecv", "ncclSend");
        assertThat(file.number("SELECT count(*) FROM NVTX_EVENTS WHERE eventType = 59 AND domainId = 0"))
                .isZero();
    }

    @Test
    void aFileARankSharesNoClockButTheEpoch() throws IOException, SQLException {
        SimulationBuilder run = run().ranksPerFile(1);
        List<Path> files = NsysWriter.write(Simulation.run(run.build()), folder.resolve("ranks"));
        SimulatedFile whole = write(run());
        assertThat(files).hasSize(4).allMatch(Files::exists);
        for (int rank = 0; rank < 4; rank++) {
            SimulatedFile file = new SimulatedFile(files.get(rank));
            assertThat(file.path().getFileName()).hasToString("rank" + rank + ".sqlite");
            assertThat(file.rows("SELECT text FROM NVTX_EVENTS WHERE eventType = 39"))
                    .containsExactly("MPI Rank " + rank);
            long offset = sinceFirst(file, rank) - sinceFirst(new SimulatedFile(files.get(0)), 0);
            assertThat(offset).isEqualTo(sinceFirst(whole, rank) - sinceFirst(whole, 0));
        }
    }

    @Test
    void aSkewedClockShiftsItsFileOnly() throws IOException, SQLException {
        List<Path> straight =
                NsysWriter.write(Simulation.run(run().ranksPerFile(2).build()), folder.resolve("a"));
        List<Path> skewed = NsysWriter.write(
                Simulation.run(run().ranksPerFile(2).clockSkew(2, 3_000_000).build()), folder.resolve("b"));
        assertThat(skewed).hasSize(2);
        assertThat(skewed.get(1).getFileName()).hasToString("ranks2-3.sqlite");
        assertThat(sinceFirst(new SimulatedFile(skewed.get(0)), 0))
                .isEqualTo(sinceFirst(new SimulatedFile(straight.get(0)), 0));
        assertThat(sinceFirst(new SimulatedFile(skewed.get(1)), 3))
                .isEqualTo(sinceFirst(new SimulatedFile(straight.get(1)), 3) + 3_000_000);
    }

    @Test
    void noTimeIsBeforeTheSession() throws IOException, SQLException {
        // Launching 5000 kernels takes longer than running them: the host has to start long before the device.
        List<Path> files = NsysWriter.write(
                Simulation.run(run().kernels(5000)
                        .ranksPerFile(1)
                        .clockSkew(3, -50_000_000)
                        .build()),
                folder.resolve("early"));
        for (Path file : files) {
            assertThat(new SimulatedFile(file).number("SELECT min(start) FROM NVTX_EVENTS"))
                    .isPositive();
        }
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        Path one = write(run().jitter(0.2).seed(5)).path();
        byte[] first = Files.readAllBytes(one);
        assertThat(write(run().jitter(0.2).seed(5)).path()).hasBinaryContent(first);
    }

    @Test
    void aFolderWithAnotherRunsTracesIsRefused() throws IOException {
        Simulation files = Simulation.run(run().ranksPerFile(1).build());
        NsysWriter.write(files, folder);
        NsysWriter.write(files, folder);
        Files.createFile(folder.resolve("rank4.sqlite"));
        assertThatIOException()
                .isThrownBy(() -> NsysWriter.write(files, folder))
                .withMessage("rank4.sqlite in it is of another run: give an empty folder");
    }

    @Test
    void aFolderIsNoFile() {
        assertThatIOException().isThrownBy(() -> write(run(), folder)).withMessage("it is a folder: name a file in it");
        assertThat(folder).isEmptyDirectory();
    }

    private static void write(SimulationBuilder run, Path file) throws IOException {
        NsysWriter.write(Simulation.run(run.build()), file);
    }

    private SimulatedFile write(SimulationBuilder run) throws IOException {
        return SimulatedFile.write(run, folder.resolve("run.sqlite"));
    }

    private static SimulationBuilder run() {
        return SimulationSpec.builder(ScheduleKind.ONE_F_ONE_B, new Shape(4, 1, 8), TaskTimes.of(1_000_001, 2_000_003))
                .transfer(100_000)
                .iterations(2);
    }

    /** The rank's first kernel, since the epoch, less what does not fit the eye. */
    private static long sinceFirst(SimulatedFile file, int rank) throws SQLException {
        return file.number("SELECT utcEpochNs - 1767225600000000000 FROM TARGET_INFO_SESSION_START_TIME")
                + file.number("SELECT min(start) FROM CUPTI_ACTIVITY_KIND_KERNEL"
                        + " WHERE (globalPid >> 24) & 0xffffff = " + (1000 + rank));
    }
}
