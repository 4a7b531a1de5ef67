package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** Simulated exports in one folder, made through the command line. */
record SimulatedRuns(Path folder) {

    private static final String SIMULATE =
            "simulate --schedule 1f1b --stages 4 --microbatches 8 --forward 1ms --backward 2ms ";

    /** One file of all ranks; {@code options} are further ones of simulate. */
    Path file(String name, String options) {
        Path file = folder.resolve(name);
        assertThat(Cli.run((SIMULATE + options).strip() + " -o", file).status()).isZero();
        return file;
    }

    /** A run of which only the compute kernels were recorded, so that nothing tells who sends to whom. */
    Path withoutPipeline(String name) {
        Path file = file(name, "--labels none");
        sql(
                file,
                "delete from NVTX_EVENTS",
                "delete from CUPTI_ACTIVITY_KIND_KERNEL where demangledName in"
                        + " (select id from StringIds where value like '%nccl%')");
        return file;
    }

    /** One file a rank, {@code ranks} telling the rank of each of the four devices, into the folder {@code name}. */
    Path ranks(String name, String options, int... ranks) {
        Path simulated = folder.resolve(name + "-" + ranks[0]);
        assertThat(Cli.run((SIMULATE + "--ranks-per-file 1 " + options).strip() + " -o", simulated)
                        .status())
                .isZero();
        Path target = folder.resolve(name);
        try {
            Files.createDirectories(target);
            for (int device = 0; device < ranks.length; device++) {
                Path file = target.resolve("trace" + ranks[device] + ".sqlite");
                Files.move(simulated.resolve("rank" + device + ".sqlite"), file);
                String rank = " = 'MPI Rank " + ranks[device] + "' where ";
                sql(
                        file,
                        "update META_DATA_CAPTURE set value = 'RANK=" + ranks[device] + "' where value like 'RANK=%'",
                        "update NVTX_EVENTS set text" + rank + "text like 'MPI Rank%'",
                        "update StringIds set value" + rank + "value like 'MPI Rank%'");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    /** Changes a file. */
    static void sql(Path file, String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** All files under {@code folder}. */
    static List<Path> filesUnder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
