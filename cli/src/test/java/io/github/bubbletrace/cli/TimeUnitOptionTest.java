package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of times that a span log does not say. */
class TimeUnitOptionTest {

    private static final String LOG = """
            rank,stage,step,optype,start,duration,mb
            0,0,0,forward,0,40,0
            1,1,0,forward,41,40,0
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void theUnitCounts() throws IOException {
        assertThat(analyze("us")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("\"windowNs\"\\s*:\\s*81000\\b");
    }

    @Test
    void otherWordsAreMisuse() throws IOException {
        assertThat(analyze("parsec")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'parsec' is no unit of time: ns, us, ms or s");
    }

    private int analyze(String unit) throws IOException {
        Path log = Files.writeString(folder.resolve("log.csv"), LOG);
        return CommandLineTool.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "analyze",
                log.toString(),
                "--time-unit",
                unit,
                "--json",
                "-");
    }
}
