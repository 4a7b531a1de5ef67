package io.github.bubbletrace.format.nsys;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads integer columns of a table, large tables split by rowid over the cores. */
final class TableReader {

    /** Stands for NULL and for a column that the table does not have. */
    static final long NULL = Long.MIN_VALUE;

    private static final int SPLIT_FROM_ROWS = 100_000;

    private final NsysDatabase database;

    TableReader(NsysDatabase database) {
        this.database = database;
    }

    /** The columns of {@code table} in rowid order; an absent table is an empty one. */
    LongTable read(String table, String... columns) {
        if (!database.hasTable(table)) {
            return LongTable.empty(columns.length);
        }
        String list = Stream.of(columns).map(c -> database.integer(table, c)).collect(Collectors.joining(", "));
        String select = "select " + list + " from \"" + table + '"';
        try {
            return readSplit(table, select, columns.length);
        } catch (SQLException e) {
            throw database.unusable(e);
        }
    }

    private LongTable readSplit(String table, String select, int columns) throws SQLException {
        long first;
        long last;
        try (Statement statement = database.connection().createStatement();
                ResultSet bounds = statement.executeQuery("select min(rowid), max(rowid) from \"" + table + '"')) {
            first = bounds.getLong(1);
            last = bounds.getLong(2);
        }
        // Negative where the distance is beyond a long: damage, read in one go.
        int parts = last - first < SPLIT_FROM_ROWS ? 1 : Runtime.getRuntime().availableProcessors();
        if (parts == 1) {
            return readPart(database.connection(), select, columns);
        }
        List<Callable<LongTable>> jobs = new ArrayList<>();
        long step = (last - first) / parts + 1;
        for (int part = 0; part < parts; part++) {
            long from = first + part * step;
            long to = part == parts - 1 ? last : from + step - 1;
            String where = " where rowid between " + from + " and " + to;
            jobs.add(() -> {
                try (Connection connection = database.open()) {
                    return readPart(connection, select + where, columns);
                }
            });
        }
        return LongTable.concat(runAll(jobs));
    }

    private LongTable readPart(Connection connection, String select, int columns) throws SQLException {
        LongTable rows = LongTable.empty(columns);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(select)) {
            while (result.next()) {
                database.requirePlausible(rows.rows());
                for (int c = 0; c < columns; c++) {
                    long value = result.getLong(c + 1);
                    rows.add(c, value == 0 && result.wasNull() ? NULL : value);
                }
            }
        }
        return rows;
    }

    private static List<LongTable> runAll(List<Callable<LongTable>> jobs) throws SQLException {
        ExecutorService pool = Executors.newFixedThreadPool(jobs.size());
        try {
            List<LongTable> parts = new ArrayList<>();
            for (Future<LongTable> part : pool.invokeAll(jobs)) {
                parts.add(part.get());
            }
            return parts;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
