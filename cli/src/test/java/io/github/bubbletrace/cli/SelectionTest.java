package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Six iterations, the first of them long. */
class SelectionTest {

    @TempDir
    private static Path folder;

    private static Path trace;

    @BeforeAll
    static void simulate() {
        trace = new SimulatedRuns(folder)
                .file(
                        "run.sqlite",
                        "--iterations 6 --straggler it=0:F:stage=2:mb=3:40 --straggler it=4:B:stage=1:mb=2:3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--skip 0             | 0 1 2 3 4 5   | 0",
                "''                   | 0 1 2 3 4 5   | 1",
                "--skip 2             | 0 1 2 3 4 5   | 2",
                "--iterations 2:4     | 2 3           | 0",
                "--iterations 2:      | 2 3 4 5       | 0",
                "--iterations :3      | 0 1 2         | 0",
                "--iterations 3       | 3             | 0",
                "--iterations 4:99    | 4 5           | 0",
                "--iterations 1:5 --skip 2 | 1 2 3 4  | 2",
            })
    void selectionSaysWhatIsShownAndWhatCounts(String options, String shown, int skipped) {
        Cli cli = Cli.run(("analyze --json - " + options).strip(), trace);
        assertThat(cli.errors()).isEmpty();
        Document document = new Document(cli.out());
        List<Double> numbers =
                Stream.of(shown.strip().split(" ")).map(Double::valueOf).toList();
        assertThat(document.numbers("index")).isEqualTo(numbers);
        assertThat(document.flags("skipped").stream().filter(s -> s)).hasSize(skipped);
        assertThat(document.flags("skipped").subList(0, skipped)).doesNotContain(false);
        assertThat(total(document))
                .isEqualTo(windows(document).skip(skipped).mapToDouble(w -> w).sum());
    }

    @Test
    void leavingOutIsSaid() {
        assertThat(Cli.run("analyze --json - --iterations 2:4", trace).out()).contains("iterations-not-chosen");
        assertThat(Cli.run("analyze --json - --skip 2", trace).out()).contains("iterations-skipped");
        assertThat(Cli.run("analyze --json -", trace).out()).contains("warm-up-iterations");
        assertThat(Cli.run("analyze --json - --skip 0", trace).out()).contains("\"warnings\" : [ ]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--iterations 7:9 | --iterations 7:9: no iteration is in it; the trace has 6 iterations, numbered 0 to 5",
                "--skip 6         | --skip 6: no iteration is left to count; there are 6 iterations, numbered 0 to 5",
                "--iterations 2 --skip 1 | there are iteration 2 only",
                "--iterations 5:3 | no number is in the range",
                "--iterations a   | 'a' is no range",
                "--iterations :   | ':' is no range",
                "--iterations -1  | '-1' is no range",
                "--skip -1        | --skip must not be negative",
                "--skip x         | --skip",
            })
    void whatLeavesNothingIsUnusable(String options, String says) {
        Path reports = folder.resolve("none");
        Cli cli = Cli.run("analyze " + options, trace, "-o", reports);
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.errors()).singleElement().asString().contains(says);
        assertThat(reports).doesNotExist();
    }

    private static Stream<Double> windows(Document document) {
        List<Double> starts = windowTimes(document, "startNs");
        List<Double> ends = windowTimes(document, "endNs");
        return Stream.iterate(0, i -> i < starts.size(), i -> i + 1).map(i -> ends.get(i) - starts.get(i));
    }

    /** Iterations come first in the document. */
    private static List<Double> windowTimes(Document document, String field) {
        return document.numbers(field).subList(0, document.numbers("index").size());
    }

    /** Windows of devices follow those of the replica. */
    private static double total(Document document) {
        return document.numbers("windowNs").get(0);
    }
}
