package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.Wanted;
import io.github.bubbletrace.trace.CopyKind;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tables of GPU work and of the API calls that issued it. */
final class GpuTables {

    static final String KERNEL = "CUPTI_ACTIVITY_KIND_KERNEL";
    static final String MEMCPY = "CUPTI_ACTIVITY_KIND_MEMCPY";
    static final String MEMSET = "CUPTI_ACTIVITY_KIND_MEMSET";
    static final String GRAPH = "CUPTI_ACTIVITY_KIND_GRAPH_TRACE";
    static final String RUNTIME = "CUPTI_ACTIVITY_KIND_RUNTIME";

    static final String MEMORY = "CUDA_GPU_MEMORY_USAGE_EVENTS";

    /** Correlation of a call without one: none that work without one has, so that they do not meet. */
    private static final int NO_CALL = -2;

    private static final List<Wanted> WORK = List.of(
            Wanted.longs("start"),
            Wanted.longs("end"),
            Wanted.longs("globalPid"),
            Wanted.ints("deviceId", 0),
            Wanted.ints("streamId", 0),
            Wanted.ints("correlationId", -1));

    private static final List<Wanted> KERNEL_COLUMNS = plus(WORK, Wanted.longs("shortName"));
    private static final List<Wanted> MEMCPY_COLUMNS = plus(
            WORK,
            Wanted.longs("copyKind"),
            Wanted.ints("srcDeviceId", -1),
            Wanted.ints("dstDeviceId", -1),
            Wanted.longs("bytes"));
    private static final List<Wanted> RUNTIME_COLUMNS =
            List.of(Wanted.longs("start"), Wanted.longs("globalTid"), Wanted.ints("correlationId", NO_CALL));

    private static final List<Wanted> MEMORY_COLUMNS = List.of(
            Wanted.longs("start"),
            Wanted.longs("bytes"),
            Wanted.longs("globalPid"),
            Wanted.ints("deviceId", 0),
            Wanted.ints("memKind", -1),
            Wanted.ints("memoryOperationType", -1));

    static final Map<String, List<Wanted>> TABLES = Map.of(
            KERNEL,
            KERNEL_COLUMNS,
            RUNTIME,
            RUNTIME_COLUMNS,
            MEMCPY,
            MEMCPY_COLUMNS,
            MEMSET,
            WORK,
            GRAPH,
            WORK,
            MEMORY,
            MEMORY_COLUMNS);

    private final TableReader reader;
    private final NsysStrings strings;
    private final TraceBuilder builder;

    GpuTables(TableReader reader, NsysStrings strings, TraceBuilder builder) {
        this.reader = reader;
        this.strings = strings;
        this.builder = builder;
    }

    /** Reads all of them; the long ones, of kernels and calls, side by side. */
    void read() {
        reader.require(KERNEL, "start", "end", "deviceId", "streamId", "correlationId", "globalPid", "shortName");
        reader.require(RUNTIME, "start", "globalTid", "correlationId");
        ColumnBlock kernels = reader.read(KERNEL, KERNEL_COLUMNS);
        ColumnBlock calls = reader.read(RUNTIME, RUNTIME_COLUMNS);
        int[][] names = new int[1][];
        IdColumn[] ids = new IdColumn[2];
        Cores.all(
                () -> ids[0] = new IdColumn(kernels.longs(2)),
                () -> ids[1] = new IdColumn(calls.longs(1)),
                () -> names[0] = strings.poolIds(kernels.longs(6)));
        addKernels(kernels, ids[0], names[0]);
        readGraphLaunches();
        readCopies();
        readMemsets();
        readMemory();
        builder.addCalls(calls.longs(0), ids[1].numbered(builder::thread), calls.ints(2));
    }

    /** In whole-graph mode the inner kernels are recorded nowhere; the launch stands for them as one compute kernel. */
    private void readGraphLaunches() {
        reader.require(GRAPH, "start", "end", "deviceId", "correlationId");
        ColumnBlock rows = reader.read(GRAPH, WORK);
        int[] names = new int[rows.rows()];
        Arrays.fill(names, strings.intern("CUDA graph"));
        addKernels(rows, new IdColumn(rows.longs(2)), names);
        builder.log().count(Oddity.GRAPH_LAUNCHES, rows.rows());
    }

    private void addKernels(ColumnBlock rows, IdColumn processes, int[] names) {
        builder.addKernels(
                rows.longs(0),
                rows.longs(1),
                processes.numbered(builder::process),
                rows.ints(3),
                rows.ints(4),
                rows.ints(5),
                names);
    }

    private void readCopies() {
        reader.require(MEMCPY, "start", "end", "deviceId", "correlationId", "copyKind");
        ColumnBlock rows = reader.read(MEMCPY, MEMCPY_COLUMNS);
        int[] process = processes(rows);
        for (int row = 0; row < rows.rows(); row++) {
            int source = rows.ints(7)[row];
            int target = rows.ints(8)[row];
            int copy = builder.addCopy(
                    rows.longs(0)[row],
                    rows.longs(1)[row],
                    process[row],
                    rows.ints(3)[row],
                    rows.ints(4)[row],
                    rows.ints(5)[row],
                    source,
                    target,
                    copyKind(rows.longs(6)[row], source, target));
            builder.describeCopy(copy, rows.longs(9)[row]);
        }
    }

    private void readMemsets() {
        reader.require(MEMSET, "start", "end", "deviceId", "correlationId");
        ColumnBlock rows = reader.read(MEMSET, WORK);
        int[] process = processes(rows);
        for (int row = 0; row < rows.rows(); row++) {
            builder.addMemset(
                    rows.longs(0)[row],
                    rows.longs(1)[row],
                    process[row],
                    rows.ints(3)[row],
                    rows.ints(4)[row],
                    rows.ints(5)[row]);
        }
    }

    /** Kinds of memory: 2 device, 3 array, 5 static; the others lie in the host or in both. Operations: 0 allocation, 1 release. */
    private void readMemory() {
        ColumnBlock rows = reader.read(MEMORY, MEMORY_COLUMNS);
        int[] process = processes(rows);
        for (int row = 0; row < rows.rows(); row++) {
            int kind = rows.ints(4)[row];
            int operation = rows.ints(5)[row];
            long bytes = rows.longs(1)[row];
            if ((kind == 2 || kind == 3 || kind == 5) && (operation == 0 || operation == 1)) {
                builder.addMemory(rows.longs(0)[row], process[row], rows.ints(3)[row], operation == 0 ? bytes : -bytes);
            }
        }
    }

    private int[] processes(ColumnBlock rows) {
        return new IdColumn(rows.longs(2)).numbered(builder::process);
    }

    private static List<Wanted> plus(List<Wanted> some, Wanted... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
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
