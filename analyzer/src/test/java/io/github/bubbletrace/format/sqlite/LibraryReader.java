package io.github.bubbletrace.format.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** What SQLite's own library reads, and how to make files with it. */
final class LibraryReader {

    private LibraryReader() {}

    /** Makes {@code file} by the statements. */
    static void make(Path file, Iterable<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Every cell of the wanted columns, in the order of the rows. */
    static List<List<Object>> rows(Path file, String table, List<Wanted> wanted) throws SQLException {
        String columns = wanted.stream().map(w -> '"' + w.name() + '"').collect(Collectors.joining(", "));
        List<List<Object>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro&immutable=1");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select " + columns + " from \"" + table + '"')) {
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int w = 0; w < wanted.size(); w++) {
                    row.add(cell(result, w + 1, wanted.get(w)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** The same of a block that was read straight. */
    static List<List<Object>> rows(ColumnBlock block, List<Wanted> wanted) {
        List<List<Object>> rows = new ArrayList<>();
        for (int r = 0; r < block.rows(); r++) {
            List<Object> row = new ArrayList<>();
            for (int w = 0; w < wanted.size(); w++) {
                switch (wanted.get(w).kind()) {
                    case LONG -> row.add(block.longs(w)[r]);
                    case INT -> row.add(block.ints(w)[r]);
                    case RARE_LONG -> row.add(block.rareLong(w, r));
                    case RARE_BYTES -> row.add(hex(block.rareBytes(w, r)));
                    default -> row.add(block.texts(w)[r]);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    private static Object cell(ResultSet result, int column, Wanted wanted) throws SQLException {
        if (wanted.kind() == Wanted.Kind.TEXT) {
            return result.getString(column);
        }
        if (wanted.kind() == Wanted.Kind.RARE_BYTES) {
            byte[] bytes = result.getBytes(column);
            return hex(bytes == null || bytes.length == 0 || bytes.length > Wanted.MOST_BYTES ? null : bytes);
        }
        long value = result.getLong(column);
        boolean isNull = result.wasNull();
        if (wanted.kind() != Wanted.Kind.INT) {
            return isNull ? ColumnBlock.NULL : value;
        }
        return isNull ? wanted.absent() : (int) value;
    }
}
