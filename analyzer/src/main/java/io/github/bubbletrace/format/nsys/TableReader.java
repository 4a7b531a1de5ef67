package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.Wanted;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * The tables of one export, each in the order of its rowids: as they were read straight from the file's pages, else
 * through SQLite's library, which is loaded only then.
 */
final class TableReader implements AutoCloseable {

    private static final int ROWS_A_PART = 65_536;

    private final Path file;
    private final BulkTables bulk;
    private final Map<String, Set<String>> columns;
    private NsysDatabase library;

    /** Reads of {@code file} what can be read straight of the tables and columns that {@code wanted} names. */
    TableReader(Path file, Map<String, List<Wanted>> wanted, LongConsumer progress) {
        this.file = file;
        bulk = BulkTables.read(file, wanted, progress);
        columns = bulk.columns().orElseGet(() -> library().columns());
    }

    Path file() {
        return file;
    }

    boolean hasTable(String table) {
        return columns.containsKey(table);
    }

    boolean hasColumn(String table, String column) {
        return columns.getOrDefault(table, Set.of()).contains(column.toLowerCase(Locale.ROOT));
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

    /** The columns of {@code table}; an absent table is an empty one, an absent column is all NULL. */
    ColumnBlock read(String table, List<Wanted> wanted) {
        if (!hasTable(table)) {
            return new ColumnBlock(wanted, 0);
        }
        return bulk.take(table).orElseGet(() -> throughLibrary(table, wanted));
    }

    @Override
    public void close() {
        if (library != null) {
            library.close();
        }
    }

    private NsysDatabase library() {
        if (library == null) {
            library = new NsysDatabase(file);
        }
        return library;
    }

    private ColumnBlock throughLibrary(String table, List<Wanted> wanted) {
        String list = wanted.stream().map(w -> expression(table, w)).collect(Collectors.joining(", "));
        NsysDatabase database = library();
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("select " + list + " from \"" + table + '"')) {
            return parts(database, rows, wanted);
        } catch (SQLException e) {
            throw database.unusable(e);
        }
    }

    /** A time that is there but no number becomes an impossible one, which unlike a missing end is counted. */
    private String expression(String table, Wanted wanted) {
        String name = wanted.name();
        if (wanted.kind() == Wanted.Kind.TEXT) {
            return hasColumn(table, name) ? '"' + name + '"' : "null";
        }
        if (wanted.kind() == Wanted.Kind.RARE_BYTES) {
            return bytes(table, name);
        }
        String integer = integer(table, name);
        return name.equals("end") && hasColumn(table, name)
                ? "case when \"end\" is null then null else coalesce(" + integer + ", " + Long.MAX_VALUE + ") end"
                : integer;
    }

    /**
     * An expression for the integers of a column. Anything else than a whole number, and a column that is not there, is
     * NULL: SQLite itself would read a text as 0.
     */
    private String integer(String table, String column) {
        if (!hasColumn(table, column)) {
            return "null";
        }
        String name = '"' + column + '"';
        return "case typeof(" + name + ") when 'integer' then " + name + " when 'real' then case when cast(" + name
                + " as integer) = " + name + " then cast(" + name + " as integer) end end";
    }

    /** The same for blobs and texts. */
    private String bytes(String table, String column) {
        return hasColumn(table, column)
                ? "case when typeof(\"" + column + "\") in ('blob', 'text') and length(cast(\"" + column
                        + "\" as blob)) <= " + Wanted.MOST_BYTES + " then \"" + column + "\" end"
                : "null";
    }

    private static ColumnBlock parts(NsysDatabase database, ResultSet rows, List<Wanted> wanted) throws SQLException {
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
        if (target.isBytes()) {
            byte[] value = rows.getBytes(column);
            if (value != null) {
                target.put(row, value);
            }
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
