package io.github.bubbletrace;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Changes the names of compute kernels in simulated exports. */
final class KernelNames {

    private static final String COMPUTE = " WHERE shortName IN (SELECT id FROM StringIds WHERE value NOT LIKE 'nccl%')";

    private KernelNames() {}

    /** Gives all compute kernels the same name. */
    static void makeOne(Path file) throws SQLException {
        change(
                file,
                "UPDATE CUPTI_ACTIVITY_KIND_KERNEL SET shortName = (SELECT min(shortName) FROM"
                        + " CUPTI_ACTIVITY_KIND_KERNEL" + COMPUTE + ")" + COMPUTE);
    }

    /** Gives each name of a compute kernel another, none twice. */
    static void rename(Path file) throws SQLException {
        change(
                file,
                "UPDATE StringIds SET value = 'k' || (id * 37 % 101) WHERE id IN"
                        + " (SELECT shortName FROM CUPTI_ACTIVITY_KIND_KERNEL" + COMPUTE + ")");
    }

    private static void change(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
