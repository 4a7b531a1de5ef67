package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

    @TempDir
    private Path folder;

    @Test
    void aWatchedRunShowsOneLineAndTakesItAway() {
        Path traces = new SimulatedRuns(folder).ranks("run", "", 0, 1, 2, 3);
        Cli cli = Cli.runWatched("analyze --json -", traces);
        assertThat(cli.status()).isZero();
        assertThat(cli.err())
                .contains("0 of 4 files", "4 of 4 files", "analysing")
                .endsWith(" \r");
        assertThat(cli.err().lines().filter(line -> !line.isBlank())).hasSizeGreaterThan(1);
        assertThat(cli.err()).doesNotContain("\n", "\u001b");
        assertThat(cli.out()).startsWith("{").endsWith("}\n");
    }

    @Test
    void anErrorStandsOnALineOfItsOwn() {
        Cli cli = Cli.runWatched("info", Path.of("pom.xml"));
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.err().substring(cli.err().lastIndexOf('\r') + 1)).startsWith("bubbletrace: pom.xml");
    }

    @Test
    void nobodyWatchingSeesNothing() {
        Path trace = new SimulatedRuns(folder).file("run.sqlite", "");
        assertThat(Cli.run("info", trace).err()).isEmpty();
    }

    @Test
    void bytesCountByFileAndTheLineChangesTenTimesASecondAtMost() {
        StringWriter err = new StringWriter();
        AtomicLong clock = new AtomicLong();
        ProgressLine line = new ProgressLine(new PrintWriter(err), clock::get);
        line.planned(3, 3_000_000);
        line.started(Path.of("a"), 1_000_000);
        assertThat(shown(err)).isEqualTo("0 of 3 files, 0.0 of 3.0 MB: reading a");
        line.read(Path.of("a"), 400_000);
        assertThat(shown(err)).isEmpty();
        clock.addAndGet(100_000_000);
        line.read(Path.of("a"), 300_000);
        assertThat(shown(err)).isEqualTo("0 of 3 files, 0.7 of 3.0 MB: reading a");
        line.read(Path.of("a"), 900_000);
        line.finished(Path.of("a"));
        assertThat(shown(err)).isEmpty();
        line.started(Path.of("b"), 500_000);
        clock.addAndGet(100_000_000);
        line.finished(Path.of("b"));
        assertThat(shown(err)).isEqualTo("2 of 3 files, 1.5 of 3.0 MB: read b");
        line.started(Path.of("x".repeat(500)), 1_500_000);
        line.finished(Path.of("x".repeat(500)));
        assertThat(shown(err)).isEqualTo("3 of 3 files, 3.0 of 3.0 MB: analysing");
        line.clear();
        assertThat(err.toString()).isEqualTo("\r" + " ".repeat(78) + "\r");
    }

    @Test
    void theLauncherSaysWhetherThereIsATerminal() {
        assertThat(Terminal.isWatched(Map.of("BUBBLETRACE_TTY", "1"))).isTrue();
        assertThat(Terminal.isWatched(Map.of("BUBBLETRACE_TTY", "0"))).isFalse();
        assertThat(Terminal.isWatched(Map.of("BUBBLETRACE_TTY", "1", "TERM", "dumb")))
                .isFalse();
    }

    private static String shown(StringWriter err) {
        String text = err.toString().strip();
        err.getBuffer().setLength(0);
        return text;
    }
}
