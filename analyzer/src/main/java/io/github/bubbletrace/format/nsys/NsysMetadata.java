package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.trace.TraceBuilder;
import io.github.bubbletrace.trace.TraceSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who wrote the export, where and when, and which ranks it names outside the ranges. */
final class NsysMetadata {

    private static final Pattern RANK_VARIABLE =
            Pattern.compile("(?:OMPI_COMM_WORLD_RANK|PMIX_RANK|PMI_RANK|SLURM_PROCID|RANK)=(\\d{1,7})");

    private final NsysDatabase database;

    NsysMetadata(NsysDatabase database) {
        this.database = database;
    }

    TraceSource source(String format) throws SQLException {
        String exports = database.hasTable("META_DATA_EXPORT") ? "META_DATA_EXPORT" : "EXPORT_META_DATA";
        return new TraceSource(
                database.file().toString(),
                format,
                value(exports, "EXPORT_PRODUCT_VERSION").orElse(null),
                value(exports, "EXPORT_SCHEMA_VERSION").orElse(null),
                host().orElse(null),
                utcEpochNs(),
                rankFromEnvironment(),
                missing());
    }

    /** The rank in the launched command's environment; it holds for a file of one process only. */
    private OptionalInt rankFromEnvironment() throws SQLException {
        if (!database.hasColumn("META_DATA_CAPTURE", "value")) {
            return OptionalInt.empty();
        }
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("select value from META_DATA_CAPTURE where value like '%RANK=%'"
                        + " or value like '%SLURM_PROCID=%'")) {
            while (rows.next()) {
                Matcher rank = RANK_VARIABLE.matcher(rows.getString(1));
                if (rank.matches()) {
                    return OptionalInt.of(Integer.parseInt(rank.group(1)));
                }
            }
        }
        return OptionalInt.empty();
    }

    /** Ranks recorded by MPI tracing. */
    void nameMpiRanks(TraceBuilder builder) throws SQLException {
        if (!database.hasColumn("MPI_RANKS", "globalTid") || !database.hasColumn("MPI_RANKS", "rank")) {
            return;
        }
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("select globalTid, rank from MPI_RANKS")) {
            while (rows.next()) {
                builder.nameRank(builder.process(rows.getLong(1)), rows.getInt(2));
            }
        }
    }

    private Optional<String> host() throws SQLException {
        Optional<String> name = value("TARGET_INFO_SYSTEM_ENV", "Hostname");
        return name.isPresent() ? name : value("META_DATA_CAPTURE", "DEVICE_DISPLAY_NAME");
    }

    private Optional<String> value(String table, String name) throws SQLException {
        if (!database.hasColumn(table, "name") || !database.hasColumn(table, "value")) {
            return Optional.empty();
        }
        try (Statement statement = database.connection().createStatement();
                ResultSet rows =
                        statement.executeQuery("select value from " + table + " where name = '" + name + "' limit 1")) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }

    private OptionalLong utcEpochNs() throws SQLException {
        if (!database.hasColumn("TARGET_INFO_SESSION_START_TIME", "utcEpochNs")) {
            return OptionalLong.empty();
        }
        try (Statement statement = database.connection().createStatement();
                ResultSet rows =
                        statement.executeQuery("select utcEpochNs from TARGET_INFO_SESSION_START_TIME limit 1")) {
            long epoch = rows.next() ? rows.getLong(1) : 0;
            return epoch > 0 ? OptionalLong.of(epoch) : OptionalLong.empty();
        }
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        note(missing, GpuTables.KERNEL, "GPU kernels");
        note(missing, GpuTables.RUNTIME, "CUDA API calls");
        note(missing, NvtxTable.TABLE, "NVTX ranges");
        note(missing, "TARGET_INFO_SESSION_START_TIME", "session start time");
        return missing;
    }

    private void note(List<String> missing, String table, String what) {
        if (!database.hasTable(table)) {
            missing.add(what);
        }
    }
}
