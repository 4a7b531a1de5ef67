package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated runs whose difference is known. */
class CompareTest {

    @TempDir
    private static Path folder;

    private static Path plain;
    private static Path plainAgain;
    private static Path slow;
    private static Path report;

    @BeforeAll
    static void simulate() {
        SimulatedRuns runs = new SimulatedRuns(folder);
        plain = runs.file("plain.sqlite", "--iterations 8 --jitter 0.02 --seed 1");
        plainAgain = runs.file("again.sqlite", "--iterations 8 --jitter 0.02 --seed 2");
        slow = runs.file("slow.sqlite", "--iterations 8 --jitter 0.02 --seed 3 --imbalance stage=2:1.3");
        report = folder.resolve("report");
        assertThat(Cli.run("analyze --only json,html -o", report, slow).status())
                .isZero();
    }

    @Test
    void noiseAloneIsNoChange() {
        Cli cli = Cli.run("compare", plain, plainAgain);
        assertThat(cli.errors()).isEmpty();
        assertThat(cli.out()).contains("within the noise of", "everything is compared");
        assertThat(cli.out()).doesNotContain("Less time", "More time");
    }

    @Test
    void aPlantedSlowStageIsNamedWithItsCauseAndStage() {
        Cli cli = Cli.run("compare", plain, slow);
        assertThat(cli.out())
                .containsPattern("The step is \\d+\\.\\d % longer: .*, beyond a noise of")
                .containsPattern("More time a device: (busy \\+\\S+ \\S+ and )?imbalance \\+|imbalance \\+")
                .containsPattern("stage 2 busy +2[34]\\.\\d+ +3[01]\\.\\d+ +\\+7")
                .contains("New findings: stage 2 takes 1.3");
        assertThat(Cli.run("compare", slow, plain).out()).contains("shorter", "Findings gone: stage 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "report.json", "report.html"})
    void reportsAreReadBack(String name) {
        Path saved = name.isEmpty() ? report : report.resolve(name);
        Cli fromTrace = Cli.run("compare --json -", plain, slow);
        Cli fromReport = Cli.run("compare --json -", plain, saved);
        assertThat(fromReport.errors()).isEmpty();
        assertThat(withoutNames(fromReport.out())).isEqualTo(withoutNames(fromTrace.out()));
    }

    @Test
    void partsSumToTheStep() {
        Document document =
                new Document(Cli.run("compare --json -", plain, slow).out());
        double step = document.numbers("before").get(0);
        String text = Cli.run("compare --json -", plain, slow).out();
        Document parts = new Document(text.substring(text.indexOf("\"deviceNs\""), text.indexOf("\"stages\" : [")));
        double sum = parts.numbers("before").stream().mapToDouble(v -> v).sum();
        assertThat(step).isGreaterThan(30e6);
        assertThat(sum).isCloseTo(step, org.assertj.core.api.Assertions.within(20.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--schedule gpipe --stages 4 --microbatches 8 | differ in schedule (1f1b before, gpipe after) | are compared one",
                "--schedule 1f1b --stages 4 --microbatches 16 | micro-batches (8 before, 16 after) | All times are per micro-batch",
                "--schedule 1f1b --stages 2 --microbatches 8 | stages (4 before, 2 after) | means over the devices",
                "--schedule interleaved --stages 4 --chunks 2 --microbatches 8 | chunks a device (1 before, 2 after) | not the same",
            })
    void otherShapesAreComparedAsFarAsTheyCanBe(String options, String difference, String consequence) {
        Path other = folder.resolve("other" + options.hashCode() + ".sqlite");
        assertThat(Cli.run("simulate --forward 1ms --backward 2ms --iterations 4 " + options + " -o", other)
                        .status())
                .isZero();
        Cli cli = Cli.run("compare", plain, other);
        assertThat(cli.errors()).isEmpty();
        assertThat(cli.out()).contains(difference, consequence, "busy");
    }

    @Test
    void aRunWithoutAPipelineLeavesOnlyTheDevices() throws IOException {
        String json = Files.readString(report.resolve("report.json"));
        Path without = folder.resolve("without.json");
        Files.writeString(
                without,
                json.replaceFirst(
                        "(?s)\"pipelines\" : \\[.*\\],\n  \"devices\"", "\"pipelines\" : [ ],\n  \"devices\""));
        Cli cli = Cli.run("compare", plain, without);
        assertThat(cli.status()).isZero();
        assertThat(cli.out())
                .contains("The run after has no iterations of a pipeline.")
                .containsPattern("Devices were busy for \\d+\\.\\d % of the recording before");
    }

    @Test
    void oneIterationHasNoKnownNoise() {
        Cli cli = Cli.run("compare --iterations 3", plain, slow);
        assertThat(cli.out()).contains("the noise is unknown", "unknown");
    }

    @Test
    void pageIsWritten() throws IOException {
        Path page = folder.resolve("comparison.html");
        assertThat(Cli.run("compare --html " + page, plain, slow).status()).isZero();
        assertThat(Files.readString(page)).contains("Before and after", "Content-Security-Policy", "imbalance");
    }

    @Test
    void damagedReportsAreRefusedInOneLine() throws IOException {
        String json = Files.readString(report.resolve("report.json"));
        String html = Files.readString(report.resolve("report.html"));
        refused(json.substring(0, json.length() / 2), "is a damaged report: it is no complete JSON document");
        refused(json.replaceFirst("\"busyNs\" : \\d", "\"busyNs\" : 9"), "busy and idle time do not sum to the window");
        refused(json.replace("\"findings\"", "\"fundings\""), "findings is missing");
        refused(
                json.replace("analysis/1", "analysis/2"),
                "its schema is bubbletrace.analysis/2, of which this version");
        refused(json.replaceFirst("\"stages\" : 4", "\"stages\" : \"4\""), "pipelines[0].stages is no whole number");
        refused(html.substring(0, html.indexOf("id=\"report-json\"") + 500), "the page ends within its document");
        refused("<!DOCTYPE html>\n<html></html>", "is a page without an analysis document");
        refused(html.replaceFirst("\"busyNs\":\\d", "\"busyNs\":-"), "is a damaged report");
    }

    /** A report with any byte changed is read or refused; it never ends in a fault. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void flippedBytesNeverEndInAFault(long seed) throws IOException {
        byte[] bytes = Files.readAllBytes(report.resolve("report.json"));
        Random random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            bytes[200 + random.nextInt(bytes.length - 200)] = (byte) random.nextInt(128);
        }
        Path file = folder.resolve("flipped.json");
        Files.write(file, bytes);
        Cli cli = Cli.run("compare", file, plain);
        assertThat(cli.status()).as("seed %d: %s", seed, cli.err()).isIn(ExitStatus.DONE, ExitStatus.UNUSABLE);
        assertThat(cli.errors()).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
    }

    private static void refused(String content, String why) throws IOException {
        Path file = folder.resolve("damaged.json");
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        Cli cli = Cli.run("compare", file, plain);
        assertThat(cli.status()).as(cli.err()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.errors())
                .singleElement()
                .asString()
                .startsWith("bubbletrace: " + file + ": ")
                .contains(why);
    }

    private static String withoutNames(String document) {
        return document.replaceAll("\"name\" : \"[^\"]*\"", "");
    }
}
