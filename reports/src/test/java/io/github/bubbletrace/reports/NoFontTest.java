package io.github.bubbletrace.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bubbletrace.reports.output.Output;
import io.github.bubbletrace.reports.output.ReportWriter;
import io.github.bubbletrace.reports.terminal.TerminalReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java that finds no font, in a process of its own: fonts are found once a process. */
class NoFontTest {

    @TempDir
    private Path folder;

    @Test
    void onlyThePicturesAreLeftOut() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "fonts come from fontconfig on Linux only");
        Path empty = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
        Path reports = Files.createDirectory(folder.resolve("reports"));
        Files.writeString(reports.resolve("steps.png"), "of an earlier run");
        ProcessBuilder child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=true",
                        "-Duser.home=" + folder,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Child.class.getName(),
                        reports.toString()))
                .redirectErrorStream(true);
        child.environment().put("FONTCONFIG_FILE", empty.toString());
        Process process = child.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed).contains("Warning: The PNG pictures are left out", "fonts-dejavu-core");
        assertThat(reports.toFile().list())
                .containsExactlyInAnyOrder(
                        "report.html", "report.json", "report.md", "tasks.csv", "idle.csv", "pipeline.svg");
    }

    /** Writes all outputs of a sample. */
    static final class Child {

        private Child() {}

        /** Writes them to the folder that is the first argument, and prints the terminal text. */
        public static void main(String[] args) throws IOException {
            ReportWriter.Written written = ReportWriter.write(
                    Path.of(args[0]), SampleAnalyses.pipeline(), SampleAnalyses.RUN, EnumSet.allOf(Output.class));
            System.out.print(TerminalReport.text(SampleAnalyses.pipeline(), written.files(), written.notes()));
        }
    }
}
