package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.format.sqlite.Wanted;
import io.github.bubbletrace.trace.Trace;
import io.github.bubbletrace.trace.TraceBuilder;
import io.github.bubbletrace.trace.TraceSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Reads SQLite exports of Nsight Systems: only the columns needed, by name; any table may be absent or empty. */
public final class NsysReader implements TraceReader {

    private static final List<String> EVENT_TABLES = List.of(
            GpuTables.KERNEL, GpuTables.MEMCPY, GpuTables.MEMSET, GpuTables.GRAPH, GpuTables.RUNTIME, NvtxTable.TABLE);

    private static final Map<String, List<Wanted>> BULK = Map.of(
            GpuTables.KERNEL, GpuTables.KERNEL_COLUMNS,
            GpuTables.RUNTIME, GpuTables.RUNTIME_COLUMNS,
            GpuTables.MEMCPY, GpuTables.MEMCPY_COLUMNS,
            GpuTables.MEMSET, GpuTables.MEMSET_COLUMNS,
            NvtxTable.TABLE, NvtxTable.COLUMNS);

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    @Override
    public boolean recognises(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(Arrays.copyOf(head, MAGIC.length), MAGIC);
    }

    /** The library takes long to load; meanwhile the large tables are read. */
    @Override
    public Trace read(Path file) {
        FutureTask<NsysDatabase> opening = new FutureTask<>(() -> new NsysDatabase(file));
        Thread opener = new Thread(opening, "bubbletrace-open");
        opener.setDaemon(true);
        opener.start();
        BulkTables bulk = BulkTables.read(file, BULK);
        try (NsysDatabase database = opened(opening)) {
            refuseForeign(database);
            try {
                return read(database, bulk);
            } catch (SQLException e) {
                throw database.unusable(e);
            }
        }
    }

    private static NsysDatabase opened(FutureTask<NsysDatabase> opening) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return opening.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw rethrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    private static Trace read(NsysDatabase database, BulkTables bulk) throws SQLException {
        TraceBuilder builder = new TraceBuilder();
        TableReader reader = new TableReader(database, bulk);
        NsysMetadata metadata = new NsysMetadata(database);
        NsysStrings strings = new NsysStrings(database, builder);
        GpuTables gpu = new GpuTables(database, reader, strings, builder);
        gpu.readKernels();
        gpu.readGraphLaunches();
        gpu.readCopies();
        gpu.readMemsets();
        gpu.readCalls();
        new NvtxTable(database, reader, strings, builder).read();
        metadata.nameMpiRanks(builder);
        TraceSource source = metadata.source("nsys-sqlite");
        Trace trace = builder.build(source);
        if (!trace.hasGpuActivity() && trace.ranges().size() == 0) {
            throw new UnusableInputException(
                    source.path(),
                    "the export holds neither GPU activity nor NVTX ranges",
                    "record with nsys profile -t cuda,nvtx");
        }
        return trace;
    }

    private static void refuseForeign(NsysDatabase database) {
        if (EVENT_TABLES.stream().noneMatch(database::hasTable)) {
            throw new UnusableInputException(
                    database.file().toString(),
                    "a SQLite database, but no export of Nsight Systems (none of its event tables is there)",
                    "give the output of nsys export --type sqlite, recorded with -t cuda,nvtx");
        }
    }
}
