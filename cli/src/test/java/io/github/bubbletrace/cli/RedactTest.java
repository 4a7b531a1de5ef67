package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything planted here begins with the same word, so that one search finds whatever slips through. */
class RedactTest {

    private static final String SECRET = "quagga";

    @TempDir
    private Path folder;

    private Path trace;

    @BeforeEach
    void plant() {
        SimulatedRuns runs = new SimulatedRuns(folder);
        trace = runs.ranks("home/" + SECRET + "-user/" + SECRET + "-run", "--iterations 6 --host 20us", 0, 1, 2, 3);
        for (Path file : SimulatedRuns.filesUnder(trace)) {
            SimulatedRuns.sql(
                    file,
                    "create table TARGET_INFO_SYSTEM_ENV (globalVid, devStateName, name, nameEnum, value)",
                    "insert into TARGET_INFO_SYSTEM_ENV (name, value) values ('Hostname', '" + SECRET + "-host"
                            + file.getFileName() + "')",
                    "insert into META_DATA_CAPTURE values ('COMMAND', '/home/" + SECRET + "/train.py --name " + SECRET
                            + "')",
                    "insert into META_DATA_CAPTURE values ('ENVIRONMENT_USER', 'USER=" + SECRET + "')");
        }
    }

    @Test
    void nothingPlantedIsInAnyOutput() throws IOException {
        Path reports = folder.resolve(SECRET + "-reports");
        Path json = folder.resolve(SECRET + ".json");
        Cli cli = Cli.run("analyze --redact --layout pp=4,dp=2,order=pp-dp", trace, "-o", reports, "--json", json);
        assertThat(cli.status()).isZero();
        assertThat(cli.out()).contains("Wrote report.html").doesNotContain(SECRET, folder.toString());
        assertThat(cli.errors()).isEmpty();
        List<Path> outputs = SimulatedRuns.filesUnder(reports);
        assertThat(outputs).hasSizeGreaterThanOrEqualTo(2);
        for (Path output : outputs) {
            assertThat(Files.readString(output, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .as(output.getFileName().toString())
                    .doesNotContain(SECRET, folder.toString());
        }
        assertThat(json).content().doesNotContain(SECRET);
        assertThat(new Document(Files.readString(json)).texts("path"))
                .containsExactly("input-0.sqlite", "input-1.sqlite", "input-2.sqlite", "input-3.sqlite");
        assertThat(reports.resolve("report.html")).content().contains("bubbletrace analyze TRACE... --redact");
    }

    @Test
    void withoutItThePathsAreThere() {
        assertThat(Cli.run("analyze --json -", trace).out()).contains(SECRET);
    }

    @Test
    void redactionChangesNoNumber() {
        List<String> fields = List.of("windowNs", "busyNs", "host", "turnaround", "gainNs", "clockErrorNs");
        Document plain = new Document(Cli.run("analyze --json -", trace).out());
        Document redacted =
                new Document(Cli.run("analyze --json - --redact", trace).out());
        assertThat(fields.stream().map(redacted::numbers))
                .isEqualTo(fields.stream().map(plain::numbers).toList());
    }
}
