package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.trace.TraceBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NVTX ranges, domains and thread names. Texts stand in the row or, when registered, in StringIds. */
final class NvtxTable {

    static final String TABLE = "NVTX_EVENTS";

    private static final int THREAD_NAME = 39;
    private static final int DOMAIN_CREATE = 75;
    private static final String RANGES = "59, 60, 70, 71";
    private static final Pattern MPI_RANK = Pattern.compile(".*\\bMPI Rank (\\d{1,7})\\b.*");

    private static final int END_TYPE = 7;

    private final NsysDatabase database;
    private final NsysStrings strings;
    private final TraceBuilder builder;
    private final Map<Long, Map<Integer, Integer>> domains = new HashMap<>();

    NvtxTable(NsysDatabase database, NsysStrings strings, TraceBuilder builder) {
        this.database = database;
        this.strings = strings;
        this.builder = builder;
    }

    void read() throws SQLException {
        if (!database.hasTable(TABLE)) {
            return;
        }
        database.require(TABLE, "start", "end", "eventType", "globalTid");
        readDomains();
        readThreadNames();
        readRanges();
    }

    /** Domain numbers are per process. */
    private void readDomains() throws SQLException {
        if (!database.hasColumn(TABLE, "domainId")) {
            return;
        }
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        select("globalTid", "domainId", "text", "textId") + " where eventType = " + DOMAIN_CREATE)) {
            while (rows.next()) {
                domains.computeIfAbsent(rows.getLong(2), d -> new HashMap<>())
                        .put(builder.process(rows.getLong(1)), text(rows, 3));
            }
        }
    }

    private void readThreadNames() throws SQLException {
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        select("globalTid", "text", "textId") + " where eventType = " + THREAD_NAME)) {
            while (rows.next()) {
                Matcher rank = MPI_RANK.matcher(builder.strings().get(text(rows, 2)));
                if (rank.matches()) {
                    builder.nameRank(builder.process(rows.getLong(1)), Integer.parseInt(rank.group(1)));
                }
            }
        }
    }

    private void readRanges() throws SQLException {
        int none = strings.intern("");
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        select("start", "end", "globalTid", "domainId", "text", "textId", "typeof(\"end\")")
                                + " where eventType in (" + RANGES + ")")) {
            for (long row = 0; rows.next(); row++) {
                database.requirePlausible(row);
                long start = time(rows, 1);
                long end = time(rows, 2);
                boolean open =
                        end == TableReader.NULL && rows.getString(END_TYPE).equals("null");
                int thread = builder.thread(rows.getLong(3));
                int process = builder.process(rows.getLong(3));
                int domain = domains.getOrDefault(rows.getLong(4), Map.of()).getOrDefault(process, none);
                int text = text(rows, 5);
                if (open) {
                    builder.addOpenRange(start, thread, text, domain);
                } else {
                    builder.addRange(start, end, thread, text, domain);
                }
            }
        }
    }

    /** NULL and what is no number become an impossible time, which the builder counts. */
    private static long time(ResultSet rows, int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? TableReader.NULL : value;
    }

    private int text(ResultSet rows, int column) throws SQLException {
        String plain = rows.getString(column);
        if (plain != null) {
            return strings.intern(plain);
        }
        long id = rows.getLong(column + 1);
        return rows.wasNull() ? strings.intern("") : strings.poolId(id);
    }

    private String expression(String name) {
        if (name.startsWith("typeof")) {
            return name;
        }
        return name.equals("text") && database.hasColumn(TABLE, name) ? name : database.integer(TABLE, name);
    }

    private String select(String... names) {
        StringBuilder list = new StringBuilder("select ");
        for (String name : names) {
            list.append(list.length() > 7 ? ", " : "");
            list.append(expression(name));
        }
        return list + " from " + TABLE;
    }
}
