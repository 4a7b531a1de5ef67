package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.Wanted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads columns of a table in the order of its rowids: as they were read ahead, else through SQLite's library. */
final class TableReader {

    private static final int ROWS_A_PART = 65_536;

    private final NsysDatabase database;
    private final BulkTables bulk;

    TableReader(NsysDatabase database, BulkTables bulk) {
        this.database = database;
        this.bulk = bulk;
    }

    /** The columns of {@code table}; an absent table is an empty one, an absent column is all NULL. */
    ColumnBlock read(String table, List<Wanted> wanted) {
        if (!database.hasTable(table)) {
            return new ColumnBlock(wanted, 0);
        }
        return bulk.take(table).orElseGet(() -> throughLibrary(table, wanted));
    }

    private ColumnBlock throughLibrary(String table, List<Wanted> wanted) {
        String list = wanted.stream().map(w -> expression(table, w)).collect(Collectors.joining(", "));
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("select " + list + " from \"" + table + '"')) {
            return parts(rows, wanted);
        } catch (SQLException e) {
            throw database.unusable(e);
        }
    }

    /** A time that is there but no number becomes an impossible one, which unlike a missing end is counted. */
    private String expression(String table, Wanted wanted) {
        String name = wanted.name();
        if (wanted.kind() == Wanted.Kind.TEXT) {
            return database.hasColumn(table, name) ? '"' + name + '"' : "null";
        }
        String integer = database.integer(table, name);
        return name.equals("end") && database.hasColumn(table, name)
                ? "case when \"end\" is null then null else coalesce(" + integer + ", " + Long.MAX_VALUE + ") end"
                : integer;
    }

    private ColumnBlock parts(ResultSet rows, List<Wanted> wanted) throws SQLException {
        List<ColumnBlock> parts = new ArrayList<>();
        ColumnBlock part = new ColumnBlock(wanted, ROWS_A_PART);
        int filled = 0;
        while (rows.next()) {
            if (filled == ROWS_A_PART) {
                parts.add(part);
                part = new ColumnBlock(wanted, ROWS_A_PART);
                filled = 0;
            }
            database.requirePlausible((long) parts.size() * ROWS_A_PART + filled);
            for (int w = 0; w < wanted.size(); w++) {
                put(rows, w + 1, part.target(w), filled);
            }
            filled++;
        }
        parts.add(part.resized(wanted, filled));
        return parts.size() == 1 ? parts.get(0) : ColumnBlock.concat(wanted, parts);
    }

    private static void put(ResultSet rows, int column, ColumnBlock.Target target, int row) throws SQLException {
        if (target.isText()) {
            target.put(row, rows.getString(column));
            return;
        }
        long value = rows.getLong(column);
        if (value == 0 && rows.wasNull()) {
            target.putNull(row);
        } else {
            target.put(row, value);
        }
    }
}
