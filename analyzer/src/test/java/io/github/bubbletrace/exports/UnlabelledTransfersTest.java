package io.github.bubbletrace.exports;

import static io.github.bubbletrace.exports.Causes.US;
import static io.github.bubbletrace.exports.Causes.idle;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationBuilder;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends and receives that nothing tells apart but their ends. */
class UnlabelledTransfersTest {

    @TempDir
    private Path folder;

    static List<Arguments> runs() {
        List<Arguments> runs = new ArrayList<>();
        for (ScheduleKind kind : List.of(ScheduleKind.GPIPE, ScheduleKind.ONE_F_ONE_B, ScheduleKind.INTERLEAVED)) {
            for (Receive receive : Receive.values()) {
                boolean deadlock = kind == ScheduleKind.INTERLEAVED && receive == Receive.BLOCKING;
                for (double jitter : deadlock ? new double[0] : new double[] {0, 0.1}) {
                    runs.add(Arguments.of(kind, receive, jitter));
                }
            }
        }
        return runs;
    }

    /** Without jitter the stages run in lockstep, so that transfers of several pairs end at the same time. */
    @ParameterizedTest(name = "{0} {1} jitter {2}")
    @MethodSource("runs")
    void transfersWithoutAnyNameMeetTheirPeers(ScheduleKind kind, Receive receive, double jitter) throws Exception {
        Shape shape = new Shape(4, kind == ScheduleKind.INTERLEAVED ? 2 : 1, 8);
        SimulationBuilder run = SimulationSpec.builder(kind, shape, TaskTimes.of(1_000_000, 2_000_000))
                .receive(receive)
                .jitter(jitter)
                .transfer(50_000)
                .iterations(2)
                .seed(7);
        Path labelled = folder.resolve("labelled.sqlite");
        Path bare = folder.resolve("bare.sqlite");
        NsysWriter.write(Simulation.run(run.build()), labelled);
        Files.copy(labelled, bare);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + bare);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM NVTX_EVENTS WHERE text LIKE 'send%' OR text LIKE 'recv%' OR textId > 0");
        }
        Analysed expected = Analysed.of(labelled);
        Analysed actual = Analysed.of(bare);
        assertThat(actual.warned("transfers-estimated")).isZero();
        assertThat(actual.warned("p2p-unmatched")).isZero();
        assertThat(Description.ofPipelines(actual.analysis()))
                .containsExactlyElementsOf(Description.ofPipelines(expected.analysis()));
    }

    /** Rank 1's receive spins 300 us; the transfer itself takes 40 us, and rank 1 is 10 us late after it. */
    @Test
    void aSpinningReceiveIsWaitingAndNoCommunication() throws Exception {
        ExportBuilder export = new ExportBuilder();
        ExportThread first = export.process(100).rank(0).main();
        ExportThread second = export.process(200).rank(1).main();
        first.task("it=0 stage=0 mb=0 phase=F", 0, 0, 300 * US).sendRecv(0, 20, 300 * US, 340 * US);
        second.sendRecv(0, 20, 0, 340 * US).task("it=0 stage=1 mb=0 phase=F", 0, 350 * US, 650 * US);
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.warned("p2p-unmatched")).isZero();
        assertThat(analysed.idle(0)).isEqualTo(idle(Cause.DRAIN, 300, Cause.P2P, 40, Cause.HOST, 10));
        assertThat(analysed.idle(1)).isEqualTo(idle(Cause.FILL, 300, Cause.P2P, 40, Cause.HOST, 10));
    }

    /** Streams of a process are a peer's each; both of the middle rank's kernels run at once and end apart. */
    @Test
    void streamsPerPeerRunSideBySide() throws Exception {
        ExportBuilder export = new ExportBuilder();
        ExportThread first = export.process(100).rank(0).main();
        ExportThread middle = export.process(200).rank(1).main();
        ExportThread last = export.process(300).rank(2).main();
        for (int mb = 0; mb < 2; mb++) {
            long at = mb * 100L * US;
            first.task("it=0 stage=0 mb=" + mb + " phase=F", 0, at, at + 100 * US)
                    .sendRecv(0, 21, at + 100 * US, at + 110 * US);
            middle.sendRecv(0, 20, at, at + 110 * US)
                    .task("it=0 stage=1 mb=" + mb + " phase=F", 0, at + 110 * US, at + 200 * US)
                    .sendRecv(0, 22, at + 200 * US, at + 230 * US);
            last.sendRecv(0, 21, at, at + 230 * US)
                    .task("it=0 stage=2 mb=" + mb + " phase=F", 0, at + 230 * US, at + 320 * US);
        }
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.warned("p2p-unmatched")).isZero();
        assertThat(analysed.warned("transfers-estimated")).isZero();
        assertThat(analysed.idle(2).get(Cause.P2P)).isEqualTo(40 * US);
        assertThat(analysed.idle(2).get(Cause.HOST)).isZero();
    }

    /** Steady 1F1B of two ranks whose one kernel sends the activation and receives the gradient. */
    @Test
    void oneKernelSendsAndReceives() throws Exception {
        ExportBuilder export = new ExportBuilder();
        ExportThread first = export.process(100).rank(0).main();
        ExportThread last = export.process(200).rank(1).main();
        first.task("it=0 stage=0 mb=0 phase=F", 0, 0, 100 * US).sendRecv(0, 20, 100 * US, 120 * US);
        last.sendRecv(0, 20, 0, 120 * US)
                .task("it=0 stage=1 mb=0 phase=F", 0, 120 * US, 220 * US)
                .task("it=0 stage=1 mb=0 phase=B", 0, 220 * US, 420 * US)
                .sendRecv(0, 20, 420 * US, 440 * US)
                .task("it=0 stage=1 mb=1 phase=F", 0, 440 * US, 540 * US)
                .task("it=0 stage=1 mb=1 phase=B", 0, 540 * US, 740 * US)
                .sendRecv(0, 20, 740 * US, 760 * US);
        first.task("it=0 stage=0 mb=1 phase=F", 0, 120 * US, 220 * US)
                .sendRecv(0, 20, 220 * US, 440 * US)
                .task("it=0 stage=0 mb=0 phase=B", 0, 440 * US, 640 * US)
                .sendRecv(0, 20, 640 * US, 760 * US)
                .task("it=0 stage=0 mb=1 phase=B", 0, 760 * US, 960 * US);
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.warned("transfers-estimated")).isZero();
        assertThat(analysed.warned("p2p-unmatched")).isZero();
        assertThat(analysed.idle(0)).isEqualTo(idle(Cause.TURNAROUND, 300, Cause.P2P, 60));
        assertThat(analysed.idle(1)).isEqualTo(idle(Cause.FILL, 100, Cause.DRAIN, 200, Cause.P2P, 60));
    }

    /** One process, two GPUs: the copy is the transfer, 30 us of it. */
    @Test
    void aPeerCopyIsItsOwnTransfer() throws Exception {
        ExportBuilder export = new ExportBuilder();
        ExportThread thread = export.process(100).main();
        thread.task("it=0 stage=0 mb=0 phase=F", 0, 0, 100 * US)
                .peerCopy(0, 1, 100 * US, 130 * US)
                .task("it=0 stage=1 mb=0 phase=F", 1, 130 * US, 230 * US);
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.device(0, 1).device()).isEqualTo("rank0:gpu1");
        assertThat(analysed.idle(0)).isEqualTo(idle(Cause.DRAIN, 100, Cause.P2P, 30));
        assertThat(analysed.idle(1)).isEqualTo(idle(Cause.FILL, 100, Cause.P2P, 30));
    }

    /** A process a GPU: the target's ordinal means nothing there, so the copy meets its edge by time. */
    @Test
    void aPeerCopyToAnotherProcessMeetsItsEdge() throws Exception {
        ExportBuilder export = new ExportBuilder();
        export.process(100)
                .rank(0)
                .main()
                .task("it=0 stage=0 mb=0 phase=F", 0, 0, 100 * US)
                .peerCopy(0, 1, 105 * US, 130 * US);
        export.process(200).rank(1).main().task("it=0 stage=1 mb=0 phase=F", 1, 130 * US, 230 * US);
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.warned("p2p-unmatched")).isZero();
        assertThat(analysed.idle(1)).isEqualTo(idle(Cause.FILL, 100, Cause.P2P, 25, Cause.HOST, 5));
    }

    /** Device to host on one side, host to device on the other; ranges name both. */
    @Test
    void copiesThroughTheHostInNamedRangesAreTransfers() throws Exception {
        ExportBuilder export = new ExportBuilder();
        export.process(100)
                .rank(0)
                .main()
                .task("it=0 stage=0 mb=0 phase=F", 0, 0, 100 * US)
                .range("send_forward mb=0", 101 * US, 125 * US)
                .toHost(0, 102 * US, 120 * US);
        export.process(200)
                .rank(1)
                .main()
                .range("recv_forward mb=0", 103 * US, 145 * US)
                .fromHost(0, 122 * US, 140 * US)
                .task("it=0 stage=1 mb=0 phase=F", 0, 146 * US, 246 * US);
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.warned("p2p-unmatched")).isZero();
        // Both sides are there at 122 and the copy ends at 140; what is before and after is nobody's transfer.
        assertThat(analysed.idle(1)).isEqualTo(idle(Cause.FILL, 100, Cause.P2P, 18, Cause.HOST, 28));
    }

    /** A kernel to nobody known: idle time under it is p2p, and it is counted. */
    @Test
    void unmatchedKernelsAreCountedAndTheirTimeIsP2p() throws Exception {
        ExportBuilder export = new ExportBuilder();
        ExportThread first = export.process(100).rank(0).main();
        ExportThread last = export.process(200).rank(1).main();
        first.task("it=0 stage=0 mb=0 phase=F", 0, 0, 100 * US)
                .task("it=0 stage=0 mb=0 phase=B", 0, 400 * US, 500 * US)
                .sendRecv(0, 30, 500 * US, 560 * US)
                .task("it=0 stage=0 mb=1 phase=F", 0, 560 * US, 660 * US);
        last.task("it=0 stage=1 mb=0 phase=F", 0, 100 * US, 200 * US)
                .task("it=0 stage=1 mb=0 phase=B", 0, 200 * US, 400 * US)
                .task("it=0 stage=1 mb=1 phase=F", 0, 660 * US, 760 * US)
                .task("it=0 stage=1 mb=1 phase=B", 0, 760 * US, 960 * US);
        first.task("it=0 stage=0 mb=1 phase=B", 0, 960 * US, 1060 * US);
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.warned("p2p-unmatched")).isEqualTo(1);
        assertThat(analysed.idle(0).get(Cause.P2P)).isEqualTo(60 * US);
    }
}
