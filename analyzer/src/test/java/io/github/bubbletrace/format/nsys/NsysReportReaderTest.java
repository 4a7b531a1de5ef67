package io.github.bubbletrace.format.nsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.format.TraceFiles;
import io.github.bubbletrace.format.TraceFormat;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.NsysWriter;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import io.github.bubbletrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a script in nsys's place. */
class NsysReportReaderTest {

    @TempDir
    private Path folder;

    private Path export;
    private Path report;

    @BeforeEach
    void setUp() throws IOException {
        export = folder.resolve("exported");
        TaskTimes times = new TaskTimes(1_000_000, 2_000_000, OptionalLong.empty());
        NsysWriter.write(
                Simulation.run(SimulationSpec.builder(ScheduleKind.GPIPE, new Shape(2, 1, 2), times)
                        .build()),
                export);
        report = Files.writeString(folder.resolve("it's rank3.nsys-rep"), "not a database");
    }

    @Test
    void exportsIntoATemporaryFolderThatIsGoneAfterwards() throws IOException {
        Path arguments = folder.resolve("arguments");
        nsys("printf '%s\\n' \"$@\" > '" + arguments + "'; cp '" + export + "' \"$7\"");
        Trace trace = reader().read(report);
        assertThat(trace.source().path()).isEqualTo(report.toString());
        assertThat(trace.source().format()).isEqualTo("nsys-rep");
        assertThat(trace.hasGpuActivity()).isTrue();
        List<String> said = Files.readAllLines(arguments);
        assertThat(said)
                .containsExactly(
                        "export",
                        "--type",
                        "sqlite",
                        "--force-overwrite",
                        "true",
                        "--output",
                        said.get(6),
                        "--include-blobs=true",
                        report.toAbsolutePath().toString());
        assertThat(Path.of(said.get(6)).getParent()).doesNotExist();
    }

    @Test
    void versionsThatExportNoPayloadDoWithout() throws IOException {
        nsys("case \"$8\" in --*) echo \"unrecognised option '${8%=*}'\"; exit 1 ;; esac; cp '" + export + "' \"$7\"");
        assertThat(reader().read(report).hasGpuActivity()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo; echo 'Bad magic'; echo more; exit 7", "echo 'Bad magic'; exit 0"})
    void failureIsToldInTheWordsOfNsys(String script) throws IOException {
        nsys(script);
        assertThatThrownBy(() -> reader().read(report))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining(report + ": nsys could not export it (Bad magic); ");
    }

    @Test
    void silenceIsToldAsSuch() throws IOException {
        nsys("exit 7");
        assertThatThrownBy(() -> reader().read(report)).hasMessageContaining("it said nothing and ended with 7");
    }

    @Test
    void anExportThatIsDamagedIsToldOfTheReport() throws IOException {
        nsys("head -c 3000 '" + export + "' > \"$7\"");
        assertThatThrownBy(() -> reader().read(report))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith(report.toString())
                .hasMessageContaining("damaged");
    }

    @Test
    void withoutNsysTheCommandIsTold() {
        assertThatThrownBy(() -> new NsysReportReader(null).read(report))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageEndingWith("run: nsys export --type sqlite --force-overwrite true --output '" + folder
                        + "/it'\\''s rank3.sqlite' '" + folder + "/it'\\''s rank3.nsys-rep'");
    }

    @Test
    void reportsAreKnownByNameUnlessTheyAreDatabases() throws IOException {
        assertThat(TraceFormat.of(report)).isEqualTo(TraceFormat.NSYS_REPORT);
        assertThat(TraceFormat.of(Files.writeString(folder.resolve("OLD.QDREP"), "x")))
                .isEqualTo(TraceFormat.NSYS_REPORT);
        assertThat(TraceFormat.of(Files.copy(export, folder.resolve("misnamed.nsys-rep"))))
                .isEqualTo(TraceFormat.NSYS_SQLITE);
    }

    @Test
    void ofAReportAndItsExportInAFolderTheExportIsRead() throws IOException {
        Path both = Files.createDirectory(folder.resolve("both"));
        Files.writeString(both.resolve("a.nsys-rep"), "x");
        Files.copy(export, both.resolve("a.sqlite"));
        Files.writeString(both.resolve("b.nsys-rep"), "x");
        assertThat(TraceFiles.expand(List.of(both)))
                .containsExactly(both.resolve("a.sqlite"), both.resolve("b.nsys-rep"));
    }

    private NsysReportReader reader() {
        return new NsysReportReader("/nowhere::" + folder.resolve("bin"));
    }

    private void nsys(String script) throws IOException {
        Path tool = Files.createDirectories(folder.resolve("bin")).resolve("nsys");
        Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }
}
