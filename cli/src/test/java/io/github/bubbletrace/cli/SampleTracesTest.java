package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documents and Markdown of the sample traces are the golden ones, to the byte. After a wanted change write them anew with {@code
 * -Dbubbletrace.golden=write}.
 */
class SampleTracesTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    @Test
    void theVerdictNamesTheSlowLink(@TempDir Path folder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = CommandLineTool.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                "analyze",
                "../sample-traces/gpipe-slow-link",
                "--only",
                "md",
                "-o",
                folder.toString());
        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("points transfers (those between stages 1 and 2 take 600 us on average)");
    }

    static List<String> traces() {
        return List.of(
                "1f1b-slow-stage.sqlite",
                "gpipe-slow-link",
                "interleaved-late-host.sqlite",
                "1f1b-straggler.sqlite",
                "forward-balanced.sqlite",
                "1f1b-unlabelled.sqlite");
    }

    @ParameterizedTest
    @MethodSource("traces")
    void givesTheGoldenDocument(String trace) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = CommandLineTool.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "analyze",
                "../sample-traces/" + trace,
                "--json",
                "-");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
        requireGolden(trace.replace(".sqlite", "") + ".json", out.toString(StandardCharsets.UTF_8));
    }

    /** The folder's name is part of the command that the report quotes. */
    @ParameterizedTest
    @MethodSource("traces")
    void givesTheGoldenMarkdown(String trace) throws IOException {
        Path folder = Path.of("target", "markdown");
        Cli cli = Cli.run("analyze --only md -o", folder, "../sample-traces/" + trace);
        assertThat(cli.errors()).isEmpty();
        requireGolden(trace.replace(".sqlite", "") + ".md", Files.readString(folder.resolve("report.md")));
    }

    private static void requireGolden(String name, String produced) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if ("write".equals(System.getProperty("bubbletrace.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, produced);
        }
        assertThat(produced).isEqualTo(Files.readString(golden));
    }
}
