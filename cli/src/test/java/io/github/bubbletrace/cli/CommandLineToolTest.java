package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineToolTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "analyze --help", "info --help"})
    void helpAndVersionGoToTheOutput(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitStatus.DONE);
        assertThat(text(out)).contains("bubbletrace");
        assertThat(text(err)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "''; a command is missing",
                "analyse x; analyse",
                "analyze; TRACE",
                "analyze x --only pdf; HTML, JSON",
                "analyze x --label-pattern (?<mb>; no regular expression",
                "analyze x --label-pattern foo; no group named mb",
                "analyze x --wrong; --wrong"
            })
    void misuseIsOneLineWithAHint(String line, String says) {
        String[] args = line.equals("''") ? new String[0] : line.split(" ");
        assertThat(run(args)).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(text(out)).isEmpty();
        assertThat(text(err).lines())
                .singleElement()
                .asString()
                .startsWith("bubbletrace: ")
                .contains(says, "--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "info"})
    void unusableTraceIsOneLineThatNamesIt(String command, @TempDir Path folder) {
        Path missing = folder.resolve("missing.sqlite");
        Path reports = folder.resolve("reports");
        String[] args = command.equals("analyze")
                ? new String[] {command, missing.toString(), "-o", reports.toString()}
                : new String[] {command, missing.toString()};
        assertThat(run(args)).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(text(out)).isEmpty();
        assertThat(text(err).lines()).singleElement().asString().contains("missing.sqlite");
        assertThat(Files.exists(reports)).isFalse();
    }

    @Test
    void namesWithControlCharactersStayOneLine() {
        assertThat(run("analyze", "a\nb\u001b[31m.sqlite", "-o", "/nowhere")).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(text(err).lines()).hasSize(1);
        assertThat(text(err)).doesNotContain("\u001b");
    }

    @Test
    void commandsAreQuotedForTheShell() {
        assertThat(ShellWords.quote("a-b/c.sqlite")).isEqualTo("a-b/c.sqlite");
        assertThat(ShellWords.quote("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
        assertThat(ShellWords.quote("")).isEqualTo("''");
    }

    private int run(String... args) {
        return CommandLineTool.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
