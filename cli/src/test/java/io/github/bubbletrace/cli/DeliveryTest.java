package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Deferred;
import io.github.bubbletrace.analysis.Details;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.output.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {

    private static final Analysis NOTHING = new Analysis(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Deferred.of(null), Details.NONE);
    private static final RunInfo RUN = new RunInfo("1", "bubbletrace analyze x");

    @TempDir
    private Path folder;

    @Test
    void writesAllReportsAndSaysWhere() {
        String printed =
                new Delivery(folder.resolve("new/reports"), null, null, List.of(), false).deliver(NOTHING, RUN);
        assertThat(folder.resolve("new/reports")).isDirectoryContaining("glob:**report.html");
        assertThat(printed).contains("No pipeline was found", "report.html", "report.json", "report.md", "idle.csv");
    }

    @Test
    void onlyTheChosenReports() {
        new Delivery(folder, folder.resolve("other.json"), null, List.of(Output.HTML), false).deliver(NOTHING, RUN);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("report.html", "other.json");
    }

    @Test
    void documentOnStdoutIsAllThatIsPrinted() {
        String printed = new Delivery(folder, Path.of("-"), null, List.of(Output.JSON), false).deliver(NOTHING, RUN);
        assertThat(printed).startsWith("{").isEqualTo(read(folder.resolve("report.json")));
    }

    @Test
    void theTraceForPerfettoIsWrittenBesideThem() {
        Path trace = folder.resolve("run.json");
        String printed = new Delivery(folder, null, trace, List.of(Output.MD), false).deliver(NOTHING, RUN);
        assertThat(read(trace)).startsWith("{\"displayTimeUnit\"").endsWith("]}\n");
        assertThat(printed).contains("Wrote report.md and run.json to ");
    }

    @Test
    void folderInWhosePlaceAFileLiesIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "mine");
        assertThatThrownBy(() -> new Delivery(file, null, null, List.of(), false).deliver(NOTHING, RUN))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("taken: cannot be written (a file is in the folder's place); name another");
        assertThat(read(file)).isEqualTo("mine");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
