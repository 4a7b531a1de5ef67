package io.github.bubbletrace.exports;

import static io.github.bubbletrace.exports.ExportThread.ALL_REDUCE;
import static io.github.bubbletrace.exports.ExportThread.GEMM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.attribution.Cause;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions of the export, tables that are missing or empty, and what counts as work. */
class ExportFormsTest {

    @TempDir
    private Path folder;

    private static ExportThread rank(ExportBuilder export, int rank) {
        return export.process(100 + rank).rank(rank).main();
    }

    private static ExportBuilder twoStages(ExportBuilder export) {
        rank(export, 0).task("F0", 0, 0, 100).task("B0", 0, 400, 600);
        rank(export, 1).task("F0", 0, 100, 200).task("B0", 0, 200, 400);
        return export;
    }

    private Analysed analyse(ExportBuilder export) throws Exception {
        return Analysed.of(export.write(folder.resolve("t.sqlite")));
    }

    @ParameterizedTest
    @EnumSource
    void everySchemaGivesTheSame(ExportSchema schema) throws Exception {
        Analysed analysed = analyse(twoStages(new ExportBuilder(schema)));
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.TURNAROUND, 300));
        InputSummary input = analysed.analysis().inputs().get(0);
        assertThat(input.schema()).isEqualTo(schema.version());
        assertThat(input.missing().contains("session start time")).isEqualTo(schema == ExportSchema.V2020);
        assertThat(input.kernels()).isEqualTo(4);
        assertThat(input.ranges()).isEqualTo(4);
        assertThat(input.apiCalls()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void absentTablesAreEmptyOnes(ExportSchema schema) throws Exception {
        Analysed analysed = analyse(twoStages(new ExportBuilder(schema).withoutEmptyTables()));
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.TURNAROUND, 300));
    }

    /** A graph launch recorded as a whole stands for its kernels. */
    @Test
    void wholeGraphs() throws Exception {
        ExportBuilder export = new ExportBuilder();
        rank(export, 0).range("F0", 0, 10).graph(0, 5, 20, 100);
        rank(export, 1).range("F0", 0, 10).graph(0, 5, 100, 200);
        Analysed analysed = analyse(export);
        assertThat(analysed.warned("graph-launches")).isEqualTo(2);
        assertThat(analysed.device(0, 0).busyNs()).isEqualTo(80);
        assertThat(analysed.order(0, 1)).containsExactly("1F0");
        assertThat(analysed.iteration(0).windowNs()).isEqualTo(180);
    }

    /** Without any GPU activity a range is its task, and a device is a process. */
    @Test
    void rangesAlone() throws Exception {
        ExportBuilder export = new ExportBuilder().withoutEmptyTables();
        rank(export, 0).range("F0", 0, 100).range("B0", 400, 600);
        rank(export, 1).range("F0", 100, 200).range("B0", 200, 400);
        Analysed analysed = analyse(export);
        assertThat(analysed.device(0, 0).device()).isEqualTo("rank0");
        assertThat(analysed.device(0, 0).gpu()).isNull();
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.TURNAROUND, 300));
        assertThat(analysed.analysis().inputs().get(0).missing()).contains("GPU kernels", "CUDA API calls");
    }

    /** Inside a hull: a collective first, else point-to-point work, else the launch gap. */
    @Test
    void idleTimeInsideHulls() throws Exception {
        ExportBuilder export = new ExportBuilder();
        rank(export, 0)
                .range("F0", 0, 50)
                .kernel(0, 7, GEMM, 1, 0, 30)
                .kernel(0, 8, ALL_REDUCE, 2, 20, 60)
                .kernel(0, 7, GEMM, 3, 70, 100)
                .fromHost(0, 50, 65)
                .kernel(0, 7, GEMM, 300, 300, 310);
        rank(export, 1).task("F0", 0, 100, 200);
        Analysed analysed = analyse(export);
        assertThat(analysed.device(0, 0).busyNs()).isEqualTo(60);
        assertThat(analysed.idle(0).get(Cause.COLLECTIVE)).isEqualTo(30);
        assertThat(analysed.idle(0).get(Cause.P2P)).isEqualTo(5);
        assertThat(analysed.idle(0).get(Cause.HOST)).isEqualTo(5);
        assertThat(analysed.analysis().inputs().get(0).collectives()).isEqualTo(1);
    }

    /** A collective between two tasks explains the rest of the gap up to its own length. */
    @Test
    void aCollectiveBetweenTasks() throws Exception {
        ExportBuilder export = new ExportBuilder();
        rank(export, 0)
                .task("F0", 0, 0, 100)
                .kernel(0, 8, ALL_REDUCE, 110, 110, 150)
                .task("F1", 0, 160, 260);
        rank(export, 1).task("F0", 0, 100, 200).task("F1", 0, 260, 360);
        Analysed analysed = analyse(export);
        assertThat(analysed.idle(0).get(Cause.COLLECTIVE)).isEqualTo(40);
        assertThat(analysed.idle(0).get(Cause.HOST)).isEqualTo(20);
    }

    /** Kernels of no task make a device busy, never idle. */
    @Test
    void workOfNoTaskIsOtherBusy() throws Exception {
        ExportBuilder export = twoStages(new ExportBuilder());
        rank(export, 0).kernel(0, 9, GEMM, 150, 150, 250).memset(0, 300, 310);
        Analysed analysed = analyse(export);
        assertThat(analysed.device(0, 0).otherBusyNs()).isEqualTo(110);
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.TURNAROUND, 190));
    }

    @Test
    void tasksOfNoLengthAreTasks() throws Exception {
        ExportBuilder export = new ExportBuilder();
        rank(export, 0).task("F0", 0, 100, 100).task("B0", 0, 100, 100);
        rank(export, 1).task("F0", 0, 100, 100).task("B0", 0, 100, 100);
        Analysed analysed = analyse(export);
        assertThat(analysed.iteration(0).windowNs()).isZero();
        assertThat(analysed.pipeline().totals().bubble()).isZero();
        assertThat(analysed.analysis().devices())
                .allSatisfy(d -> assertThat(d.windowNs())
                        .isEqualTo(d.busyNs() + d.idleNs())
                        .isZero());
    }

    /** Rows that cannot be are counted, all others are read; a text is no number. */
    @Test
    void badRowsAreCounted() throws Exception {
        ExportBuilder export = twoStages(new ExportBuilder());
        rank(export, 0)
                .kernel(0, 7, GEMM, 50, 300, 200)
                .kernel(0, 7, GEMM, 50, Long.MIN_VALUE, 200)
                .kernel(0, 7, GEMM, 50, 100, Long.MAX_VALUE)
                .range("F7", 20, 10);
        export.statement("INSERT INTO " + ExportSchema.KERNEL
                + " SELECT 'soon', \"end\", deviceId, contextId, streamId,"
                + " correlationId, globalPid, demangledName, shortName FROM " + ExportSchema.KERNEL + " LIMIT 1");
        Analysed analysed = analyse(export);
        assertThat(analysed.warned("bad-times")).isEqualTo(5);
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.TURNAROUND, 300));
    }

    @Test
    void kernelsWithoutCallAreCountedAndKept() throws Exception {
        ExportBuilder export = twoStages(new ExportBuilder());
        rank(export, 0).kernel(0, 7, GEMM, 650, 650, 700);
        export.statement("DELETE FROM " + ExportSchema.CALL + " WHERE start = 650");
        Analysed analysed = analyse(export);
        assertThat(analysed.warned("kernels-without-api-call")).isEqualTo(1);
        assertThat(analysed.analysis().devices().get(0).busyNs()).isEqualTo(350);
    }
}
