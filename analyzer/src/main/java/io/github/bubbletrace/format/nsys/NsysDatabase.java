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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/** A read-only connection to an export through SQLite's own library, and which tables and columns that sees. */
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

    Connection connection() {
        return connection;
    }

    private Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + uri());
    }

    /** The columns of every table, in lower case. */
    Map<String, Set<String>> columns() {
        return Collections.unmodifiableMap(columns);
    }

    /** Refuses the file where a table shows more rows than a file of its size can hold: its pages repeat. */
    void requirePlausible(long rows) throws SQLException {
        if (rows > bytes) {
            throw new SQLException("more rows than the file can hold");
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
