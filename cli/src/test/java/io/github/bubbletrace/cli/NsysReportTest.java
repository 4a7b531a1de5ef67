package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, whose PATH leads to a script in nsys's place. */
class NsysReportTest {

    @TempDir
    private Path folder;

    private Path report;

    @BeforeEach
    void setUp() throws IOException {
        report = Files.writeString(folder.resolve("run.nsys-rep"), "not a database");
    }

    @Test
    void aReportIsExportedAndAnalysedUnderItsOwnName() throws Exception {
        Path export = new SimulatedRuns(folder).file("simulated", "");
        nsys("echo noise; cp '" + export + "' \"$7\"");
        Cli cli = analyze();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.status()).isZero();
        assertThat(cli.out()).startsWith("{");
        Document document = new Document(cli.out());
        assertThat(document.texts("path")).containsExactly(report.toString());
        assertThat(document.numbers("bubble").get(0)).isBetween(0.2727, 0.2728);
    }

    @Test
    void failureOfNsysIsOneLine() throws Exception {
        nsys("echo 'The report is of a later version.' >&2; echo more >&2; exit 1");
        Cli cli = analyze();
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.errors())
                .singleElement()
                .asString()
                .contains("run.nsys-rep", "The report is of a later version.");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void withoutNsysTheCommandIsPrinted() throws Exception {
        Cli cli = analyze();
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.errors())
                .singleElement()
                .asString()
                .contains("nsys export --type sqlite", "--output " + folder.resolve("run.sqlite") + " " + report);
    }

    private void nsys(String script) throws IOException {
        Path tool = Files.createDirectories(folder.resolve("bin")).resolve("nsys");
        Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    private Cli analyze() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder process = new ProcessBuilder(
                java.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "analyze",
                "--json",
                "-",
                report.toString());
        process.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        process.environment().remove("JAVA_TOOL_OPTIONS");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int status = process.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Cli(status, Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
    }
}
