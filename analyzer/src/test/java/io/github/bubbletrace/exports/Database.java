package io.github.bubbletrace.exports;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Statements and queries on a file. */
final class Database {

    private Database() {}

    static void run(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of every row. */
    static List<String> query(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    static long count(Path file, String table, String where) throws SQLException {
        if (query(file, "SELECT name FROM sqlite_master WHERE name = '" + table + "'")
                .isEmpty()) {
            return 0;
        }
        return Long.parseLong(
                query(file, "SELECT count(*) FROM " + table + " WHERE " + where).get(0));
    }

    static String table(Path file, Random random) throws SQLException {
        List<String> tables = query(file, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
        return tables.get(random.nextInt(tables.size()));
    }

    static List<String> columns(Path file, String table) throws SQLException {
        return query(file, "SELECT name FROM pragma_table_info('" + table + "')");
    }

    static String column(Path file, String table, Random random) throws SQLException {
        List<String> columns = columns(file, table);
        return columns.get(random.nextInt(columns.size()));
    }
}
