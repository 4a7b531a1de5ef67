package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxSizeTest {

    @TempDir
    private static Path folder;

    private static Path trace;

    @BeforeAll
    static void simulate() {
        trace = new SimulatedRuns(folder).file("run.sqlite", "--iterations 40 --jitter 0.05 --seed 3");
    }

    @Test
    void pageStaysBelowTheSizeAndSaysWhatItLeavesOut() throws IOException {
        Path whole = report("");
        long max = Files.size(whole) - 10_000;
        Path less = report("--max-size " + max + "B");
        assertThat(Files.size(less)).isLessThanOrEqualTo(max);
        assertThat(Files.readString(whole)).doesNotContain("To keep the page small");
        assertThat(Files.readString(less)).containsPattern("To keep the page small, \\d+ of 40 iterations");
    }

    @Test
    void anImpossibleSizeIsRefusedInOneLine() {
        Cli cli = Cli.run("analyze --only html --max-size 10kB -o", folder.resolve("small"), trace);
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.errors())
                .singleElement()
                .asString()
                .matches("bubbletrace: report.html: the page needs \\d+ bytes, of which 10000 are allowed; give it more"
                        + " with --max-size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "-1MB", "1XB", "1.MB"})
    void otherTextsAreRefused(String text) {
        Cli cli = Cli.run("analyze --max-size " + text, trace);
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.errors()).singleElement().asString().contains("is no size");
    }

    private static Path report(String options) {
        Path target = folder.resolve("report" + options.hashCode());
        assertThat(Cli.run(("analyze --only html " + options).strip() + " -o", target, trace)
                        .errors())
                .isEmpty();
        return target.resolve("report.html");
    }
}
