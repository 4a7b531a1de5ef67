package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.UnusableInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/** A read-only connection to an export, and which tables and columns it has. */
final class NsysDatabase implements AutoCloseable {

    private final Path file;
    private final Connection connection;
    private final Map<String, Set<String>> columns = new HashMap<>();
    private final long bytes;

    NsysDatabase(Path file) {
        this.file = file;
        try {
            bytes = size(file);
            connection = open();
            readSchema();
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    Path file() {
        return file;
    }

    Connection connection() {
        return connection;
    }

    /** A further connection to the same file, for another thread. */
    Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + uri());
    }

    boolean hasTable(String table) {
        return columns.containsKey(table);
    }

    boolean hasColumn(String table, String column) {
        return columns.getOrDefault(table, Set.of()).contains(column.toLowerCase(Locale.ROOT));
    }

    /**
     * An expression for the integers of a column. Anything else than a whole number, and a column that is not there, is
     * NULL: SQLite itself would read a text as 0.
     */
    String integer(String table, String column) {
        if (!hasColumn(table, column)) {
            return "null";
        }
        String name = '"' + column + '"';
        return "case typeof(" + name + ") when 'integer' then " + name + " when 'real' then case when cast(" + name
                + " as integer) = " + name + " then cast(" + name + " as integer) end end";
    }

    /** Refuses the file where a table shows more rows than a file of its size can hold: its pages repeat. */
    void requirePlausible(long rows) throws SQLException {
        if (rows > bytes) {
            throw new SQLException("more rows than the file can hold");
        }
    }

    /** Refuses the file unless {@code table}, where it exists, has all of {@code names}. */
    void require(String table, String... names) {
        for (String name : names) {
            if (hasTable(table) && !hasColumn(table, name)) {
                throw new UnusableInputException(
                        file.toString(),
                        "table " + table + " has no column '" + name + "'",
                        "export the trace again with nsys export --type sqlite");
            }
        }
    }

    UnusableInputException unusable(SQLException e) {
        if (hasPendingLog() && !Files.isWritable(file.toAbsolutePath().getParent())) {
            return new UnusableInputException(
                    file.toString(),
                    "its write-ahead log (-wal) cannot be opened where nothing can be written",
                    "copy both files to a writable folder");
        }
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new UnusableInputException(
                file.toString(),
                "a damaged or truncated SQLite database (" + reason + ")",
                "export the trace again with nsys export --type sqlite");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    /**
     * A database in a folder that cannot be written opens only as immutable, which ignores a write-ahead log; so that is
     * asked for unless such a log holds anything.
     */
    private String uri() {
        return "file:" + escape(file.toAbsolutePath().toString()) + "?mode=ro"
                + (hasPendingLog() ? "" : "&immutable=1");
    }

    private boolean hasPendingLog() {
        Path wal = file.resolveSibling(file.getFileName() + "-wal");
        try {
            return Files.exists(wal) && Files.size(wal) > 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static long size(Path file) throws SQLException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    private static String escape(String path) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c > ' ' && c < 127 && "%?#&+\"\\;".indexOf(c) < 0) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02x", (int) c));
            }
        }
        return escaped.toString();
    }

    private void readSchema() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select t.name, lower(c.name) from sqlite_master t, pragma_table_xinfo(t.name) c"
                                + " where t.type in ('table', 'view')")) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), t -> new LinkedHashSet<>())
                        .add(rows.getString(2));
            }
        }
    }
}
