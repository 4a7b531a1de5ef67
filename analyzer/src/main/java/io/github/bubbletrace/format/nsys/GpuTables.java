package io.github.bubbletrace.format.nsys;

import static io.github.bubbletrace.format.nsys.TableReader.NULL;

import io.github.bubbletrace.trace.CopyKind;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.TraceBuilder;

/** The tables of GPU work and of the API calls that issued it. */
final class GpuTables {

    static final String KERNEL = "CUPTI_ACTIVITY_KIND_KERNEL";
    static final String MEMCPY = "CUPTI_ACTIVITY_KIND_MEMCPY";
    static final String MEMSET = "CUPTI_ACTIVITY_KIND_MEMSET";
    static final String GRAPH = "CUPTI_ACTIVITY_KIND_GRAPH_TRACE";
    static final String RUNTIME = "CUPTI_ACTIVITY_KIND_RUNTIME";

    /** Columns that all tables of GPU work share, in this order. */
    private static final int START = 0;

    private static final int END = 1;
    private static final int PROCESS = 2;
    private static final int GPU = 3;
    private static final int STREAM = 4;
    private static final int CORRELATION = 5;

    /** Correlation of a call without one: none that work without one has, so that they do not meet. */
    private static final int NO_CALL = -2;

    private final NsysDatabase database;
    private final TableReader reader;
    private final NsysStrings strings;
    private final TraceBuilder builder;

    GpuTables(NsysDatabase database, NsysStrings strings, TraceBuilder builder) {
        this.database = database;
        this.reader = new TableReader(database);
        this.strings = strings;
        this.builder = builder;
    }

    void readKernels() {
        database.require(KERNEL, "start", "end", "deviceId", "streamId", "correlationId", "globalPid", "shortName");
        LongTable rows =
                reader.read(KERNEL, "start", "end", "globalPid", "deviceId", "streamId", "correlationId", "shortName");
        for (int row = 0; row < rows.rows(); row++) {
            builder.addKernel(
                    time(rows, START, row),
                    time(rows, END, row),
                    process(rows, row),
                    rows.getInt(GPU, row, 0),
                    rows.getInt(STREAM, row, 0),
                    rows.getInt(CORRELATION, row, -1),
                    strings.poolId(rows.get(6, row)));
        }
    }

    /** In whole-graph mode the inner kernels are recorded nowhere; the launch stands for them as one compute kernel. */
    void readGraphLaunches() {
        database.require(GRAPH, "start", "end", "deviceId", "correlationId");
        LongTable rows = reader.read(GRAPH, "start", "end", "globalPid", "deviceId", "streamId", "correlationId");
        int name = strings.intern("CUDA graph");
        for (int row = 0; row < rows.rows(); row++) {
            builder.addKernel(
                    time(rows, START, row),
                    time(rows, END, row),
                    process(rows, row),
                    rows.getInt(GPU, row, 0),
                    rows.getInt(STREAM, row, 0),
                    rows.getInt(CORRELATION, row, -1),
                    name);
        }
        builder.log().count(Oddity.GRAPH_LAUNCHES, rows.rows());
    }

    void readCopies() {
        database.require(MEMCPY, "start", "end", "deviceId", "correlationId", "copyKind");
        LongTable rows = reader.read(
                MEMCPY,
                "start",
                "end",
                "globalPid",
                "deviceId",
                "streamId",
                "correlationId",
                "copyKind",
                "srcDeviceId",
                "dstDeviceId");
        for (int row = 0; row < rows.rows(); row++) {
            int source = rows.getInt(7, row, -1);
            int target = rows.getInt(8, row, -1);
            builder.addCopy(
                    time(rows, START, row),
                    time(rows, END, row),
                    process(rows, row),
                    rows.getInt(GPU, row, 0),
                    rows.getInt(STREAM, row, 0),
                    rows.getInt(CORRELATION, row, -1),
                    source,
                    target,
                    copyKind(rows.get(6, row), source, target));
        }
    }

    void readMemsets() {
        database.require(MEMSET, "start", "end", "deviceId", "correlationId");
        LongTable rows = reader.read(MEMSET, "start", "end", "globalPid", "deviceId", "streamId", "correlationId");
        for (int row = 0; row < rows.rows(); row++) {
            builder.addMemset(
                    time(rows, START, row),
                    time(rows, END, row),
                    process(rows, row),
                    rows.getInt(GPU, row, 0),
                    rows.getInt(STREAM, row, 0),
                    rows.getInt(CORRELATION, row, -1));
        }
    }

    void readCalls() {
        database.require(RUNTIME, "start", "globalTid", "correlationId");
        LongTable rows = reader.read(RUNTIME, "start", "globalTid", "correlationId");
        for (int row = 0; row < rows.rows(); row++) {
            builder.addCall(time(rows, 0, row), builder.thread(idOf(rows.get(1, row))), rows.getInt(2, row, NO_CALL));
        }
    }

    /** NULL times become impossible ones, which the builder counts. */
    private static long time(LongTable rows, int column, int row) {
        return rows.get(column, row);
    }

    private int process(LongTable rows, int row) {
        return builder.process(idOf(rows.get(PROCESS, row)));
    }

    private static long idOf(long value) {
        return value == NULL ? 0 : value;
    }

    /** Nsight's copyKind codes: 1 to 4 and 9 touch the host, 5 to 8 stay on GPUs, 10 is peer, 11 to 13 are UVM's. */
    private static CopyKind copyKind(long code, int source, int target) {
        if (code == 10) {
            return CopyKind.PEER;
        }
        if (code < 5 || code > 8) {
            return CopyKind.HOST;
        }
        return source >= 0 && target >= 0 && source != target ? CopyKind.PEER : CopyKind.LOCAL;
    }
}
