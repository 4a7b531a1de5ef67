package io.github.bubbletrace.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.reports.SampleAnalyses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

    @TempDir
    private Path folder;

    @Test
    void writesTheChosenFilesAndNothingElse() throws IOException {
        Path target = folder.resolve("a/b");
        List<Path> written = ReportWriter.write(
                        target, SampleAnalyses.pipeline(), SampleAnalyses.RUN, EnumSet.of(Output.HTML, Output.JSON))
                .files();
        assertThat(written).containsExactly(target.resolve("report.html"), target.resolve("report.json"));
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("report.html", "report.json");
        assertThat(target.resolve("report.html"))
                .content()
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n");
    }

    @Test
    void allOutputs() throws IOException {
        List<Path> written = ReportWriter.write(
                        folder, SampleAnalyses.pipeline(), SampleAnalyses.RUN, EnumSet.allOf(Output.class))
                .files();
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(written.stream()
                        .map(file -> file.getFileName().toString())
                        .toArray(String[]::new));
        assertThat(written)
                .contains(folder.resolve("report.md"), folder.resolve("tasks.csv"), folder.resolve("pipeline.svg"));
    }

    @Test
    void aPictureOfAnotherRunIsRemoved() throws IOException {
        Files.writeString(folder.resolve("pipeline.svg"), "old");
        Files.writeString(folder.resolve("heatmap.png"), "old");
        Files.writeString(folder.resolve("mine.png"), "mine");
        ReportWriter.write(
                folder,
                SampleAnalyses.noPipeline(),
                SampleAnalyses.RUN,
                EnumSet.of(Output.SVG, Output.PNG, Output.CSV));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("tasks.csv", "idle.csv", "mine.png");
    }

    @Test
    void nothingIsReplacedWhereOneFileCannotBeWritten() throws IOException {
        Path html = Files.writeString(folder.resolve("report.html"), "old");
        Files.createDirectory(folder.resolve("tasks.csv"));
        EnumSet<Output> outputs = EnumSet.of(Output.HTML, Output.CSV);
        assertThatThrownBy(() -> ReportWriter.write(folder, SampleAnalyses.pipeline(), SampleAnalyses.RUN, outputs))
                .isInstanceOf(IOException.class);
        assertThat(html).hasContent("old");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("report.html", "tasks.csv");
    }

    @Test
    void replacesAnOlderFileAndFollowsALink() throws IOException {
        Path file = Files.writeString(folder.resolve("old.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
        ReportWriter.replace(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void leavesTheOlderFileWhereItFails() throws IOException {
        Path file = Files.createDirectory(folder.resolve("report.html"));
        Path inside = Files.writeString(file.resolve("kept"), "kept");
        assertThatThrownBy(() -> ReportWriter.replace(file, "new")).isInstanceOf(IOException.class);
        assertThat(inside).hasContent("kept");
        assertThat(folder.toFile().list()).containsExactly("report.html");
    }

    @Test
    void writesToADeviceWithoutReplacingIt() throws IOException {
        Path device = Path.of("/dev/null");
        if (Files.exists(device)) {
            ReportWriter.replace(device, "gone");
            assertThat(Files.isRegularFile(device)).isFalse();
        }
    }
}
