package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.Wanted;
import io.github.bubbletrace.trace.TraceBuilder;
import io.github.bubbletrace.trace.TraceSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who wrote the export, where and when, and which ranks it names outside the ranges. */
final class NsysMetadata {

    private static final String EXPORT = "META_DATA_EXPORT";
    private static final String OLD_EXPORT = "EXPORT_META_DATA";
    private static final String CAPTURE = "META_DATA_CAPTURE";
    private static final String SYSTEM = "TARGET_INFO_SYSTEM_ENV";
    private static final String SESSION = "TARGET_INFO_SESSION_START_TIME";
    private static final String MPI = "MPI_RANKS";

    private static final List<Wanted> PAIRS = List.of(Wanted.texts("name"), Wanted.texts("value"));
    private static final List<Wanted> EPOCH = List.of(Wanted.longs("utcEpochNs"));
    private static final List<Wanted> RANKS = List.of(Wanted.longs("globalTid"), Wanted.ints("rank", -1));

    static final Map<String, List<Wanted>> TABLES =
            Map.of(EXPORT, PAIRS, OLD_EXPORT, PAIRS, CAPTURE, PAIRS, SYSTEM, PAIRS, SESSION, EPOCH, MPI, RANKS);

    private static final Pattern RANK_VARIABLE =
            Pattern.compile("(?:OMPI_COMM_WORLD_RANK|PMIX_RANK|PMI_RANK|SLURM_PROCID|RANK)=(\\d{1,7})");

    private final TableReader reader;

    NsysMetadata(TableReader reader) {
        this.reader = reader;
    }

    TraceSource source(String format) {
        ColumnBlock export = reader.read(reader.hasTable(EXPORT) ? EXPORT : OLD_EXPORT, PAIRS);
        ColumnBlock capture = reader.read(CAPTURE, PAIRS);
        Optional<String> host = value(reader.read(SYSTEM, PAIRS), "Hostname");
        return new TraceSource(
                reader.file().toString(),
                format,
                value(export, "EXPORT_PRODUCT_VERSION").orElse(null),
                value(export, "EXPORT_SCHEMA_VERSION").orElse(null),
                host.or(() -> value(capture, "DEVICE_DISPLAY_NAME")).orElse(null),
                utcEpochNs(),
                rankFromEnvironment(capture),
                missing());
    }

    /** The rank in the launched command's environment; it holds for a file of one process only. */
    private static OptionalInt rankFromEnvironment(ColumnBlock capture) {
        for (String value : capture.texts(1)) {
            Matcher rank = RANK_VARIABLE.matcher(value == null ? "" : value);
            if (rank.matches()) {
                return OptionalInt.of(Integer.parseInt(rank.group(1)));
            }
        }
        return OptionalInt.empty();
    }

    /** Ranks recorded by MPI tracing. */
    void nameMpiRanks(TraceBuilder builder) {
        if (!reader.hasColumn(MPI, "globalTid") || !reader.hasColumn(MPI, "rank")) {
            return;
        }
        ColumnBlock rows = reader.read(MPI, RANKS);
        for (int row = 0; row < rows.rows(); row++) {
            if (rows.longs(0)[row] != ColumnBlock.NULL) {
                builder.nameRank(builder.process(rows.longs(0)[row]), rows.ints(1)[row]);
            }
        }
    }

    private static Optional<String> value(ColumnBlock pairs, String name) {
        for (int row = 0; row < pairs.rows(); row++) {
            if (name.equals(pairs.texts(0)[row])) {
                return Optional.ofNullable(pairs.texts(1)[row]);
            }
        }
        return Optional.empty();
    }

    private OptionalLong utcEpochNs() {
        ColumnBlock rows = reader.read(SESSION, EPOCH);
        long epoch = rows.rows() > 0 ? rows.longs(0)[0] : 0;
        return epoch > 0 ? OptionalLong.of(epoch) : OptionalLong.empty();
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        note(missing, GpuTables.KERNEL, "GPU kernels");
        note(missing, GpuTables.RUNTIME, "CUDA API calls");
        note(missing, NvtxTable.TABLE, "NVTX ranges");
        note(missing, SESSION, "session start time");
        return missing;
    }

    private void note(List<String> missing, String table, String what) {
        if (!reader.hasTable(table)) {
            missing.add(what);
        }
    }
}
