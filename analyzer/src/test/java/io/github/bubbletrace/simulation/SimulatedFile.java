package io.github.bubbletrace.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A written trace, for queries. */
record SimulatedFile(Path path) {

    static SimulatedFile write(SimulationBuilder run, Path path) throws IOException {
        NsysWriter.write(Simulation.run(run.build()), path);
        return new SimulatedFile(path);
    }

    /** The only value of the only row. */
    long number(String sql) throws SQLException {
        return Long.parseLong(rows(sql).get(0));
    }

    /** Each row's values, joined by bars. */
    List<String> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(result.getString(i));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        }
    }
}
