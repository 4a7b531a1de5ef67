package io.github.bubbletrace.exports;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Collects the rows of a small export of Nsight Systems and writes them. Times are in nanoseconds of its clock. */
final class ExportBuilder {

    /** 2026-01-01T00:00:00Z. */
    static final long EPOCH_NS = 1_767_225_600_000_000_000L;

    private static final String INSERT_STRING = "StringIds(id, value) VALUES (?, ?)";

    private final ExportSchema schema;
    private final Map<String, List<Object[]>> rows = new LinkedHashMap<>();
    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final Map<Integer, ExportProcess> processes = new LinkedHashMap<>();
    private final List<String> statements = new ArrayList<>();
    private Long epochNs = EPOCH_NS;
    private boolean emptyTables = true;

    ExportBuilder() {
        this(ExportSchema.V3_11);
    }

    ExportBuilder(ExportSchema schema) {
        this.schema = schema;
    }

    /** UTC at time 0 of the export's clock. */
    ExportBuilder startingAt(long utcEpochNs) {
        epochNs = utcEpochNs;
        return this;
    }

    /** Leaves out the table of session times. */
    ExportBuilder withoutSessionStart() {
        epochNs = null;
        return this;
    }

    /** Leaves out tables that hold no row. */
    ExportBuilder withoutEmptyTables() {
        emptyTables = false;
        return this;
    }

    /** A process; its main thread has its number. */
    ExportProcess process(int pid) {
        return processes.computeIfAbsent(pid, p -> new ExportProcess(this, p));
    }

    /** Anything else to run once all rows are written. */
    ExportBuilder statement(String sql) {
        statements.add(sql);
        return this;
    }

    int string(String text) {
        return strings.computeIfAbsent(text, t -> {
            int id = strings.size() + 1;
            row(INSERT_STRING, id, t);
            return id;
        });
    }

    /** One row; {@code into} is the statement after its first words. */
    void row(String into, Object... values) {
        rows.computeIfAbsent(into, t -> new ArrayList<>()).add(values);
    }

    /** Writes the rows in the order in which they were added. */
    Path write(Path file) throws SQLException {
        return write(file, null);
    }

    /** Writes the rows of each table in an order that {@code shuffle} draws. */
    Path writeShuffled(Path file, Random shuffle) throws SQLException {
        return write(file, shuffle);
    }

    private Path write(Path file, Random shuffle) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                createTables(statement);
            }
            for (Map.Entry<String, List<Object[]>> table : rows.entrySet()) {
                List<Object[]> ordered = new ArrayList<>(table.getValue());
                if (shuffle != null) {
                    Collections.shuffle(ordered, shuffle);
                }
                insert(connection, table.getKey(), ordered);
            }
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        }
        if (!Files.exists(file)) {
            throw new IllegalStateException("not written: " + file);
        }
        return file;
    }

    private void createTables(Statement statement) throws SQLException {
        for (String table : schema.tables()) {
            String name = table.replaceFirst("CREATE TABLE (\\w+).*", "$1");
            boolean filled = rows.keySet().stream().anyMatch(into -> into.startsWith(name + "("));
            if (filled || emptyTables) {
                statement.execute(table);
            }
        }
        if (schema.metadata() != null) {
            statement.execute("CREATE TABLE " + schema.metadata() + " (name TEXT NOT NULL, value TEXT)");
            statement.execute("INSERT INTO " + schema.metadata() + " VALUES ('EXPORT_SCHEMA_VERSION', '"
                    + schema.version() + "')");
            if (epochNs != null) {
                statement.execute("CREATE TABLE " + ExportSchema.SESSION + " (utcEpochNs INTEGER, utcTime TEXT)");
                statement.execute("INSERT INTO " + ExportSchema.SESSION + " VALUES (" + epochNs + ", '')");
            }
        }
    }

    private static void insert(Connection connection, String into, List<Object[]> values) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + into)) {
            for (Object[] row : values) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
