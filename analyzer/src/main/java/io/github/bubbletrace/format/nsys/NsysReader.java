package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.format.sqlite.Wanted;
import io.github.bubbletrace.trace.Trace;
import io.github.bubbletrace.trace.TraceBuilder;
import io.github.bubbletrace.trace.TraceSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Reads SQLite exports of Nsight Systems: only the columns needed, by name; any table may be absent or empty. */
public final class NsysReader implements TraceReader {

    private static final List<String> EVENT_TABLES = List.of(
            GpuTables.KERNEL, GpuTables.MEMCPY, GpuTables.MEMSET, GpuTables.GRAPH, GpuTables.RUNTIME, NvtxTable.TABLE);

    private static final Map<String, List<Wanted>> WANTED = wanted();

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    @Override
    public boolean recognises(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(Arrays.copyOf(head, MAGIC.length), MAGIC);
    }

    @Override
    public Trace read(Path file, LongConsumer progress) {
        try (TableReader reader = new TableReader(file, WANTED, progress)) {
            refuseForeign(reader);
            return read(reader);
        }
    }

    private static Map<String, List<Wanted>> wanted() {
        Map<String, List<Wanted>> wanted = new HashMap<>(NsysMetadata.TABLES);
        wanted.put(NsysStrings.TABLE, NsysStrings.COLUMNS);
        wanted.put(NvtxTable.TABLE, NvtxTable.COLUMNS);
        wanted.putAll(GpuTables.TABLES);
        wanted.putAll(PayloadSchemas.TABLES);
        return Map.copyOf(wanted);
    }

    private static Trace read(TableReader reader) {
        TraceBuilder builder = new TraceBuilder();
        NsysMetadata metadata = new NsysMetadata(reader);
        NsysStrings strings = new NsysStrings(reader, builder);
        GpuTables gpu = new GpuTables(reader, strings, builder);
        gpu.read();
        new NvtxTable(reader, strings, builder).read();
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

    private static void refuseForeign(TableReader reader) {
        if (EVENT_TABLES.stream().noneMatch(reader::hasTable)) {
            throw new UnusableInputException(
                    reader.file().toString(),
                    "a SQLite database, but no export of Nsight Systems (none of its event tables is there)",
                    "give the output of nsys export --type sqlite, recorded with -t cuda,nvtx");
        }
    }
}
