package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.pipeline.fleet.Layout.Dimension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

    @TempDir
    private Path folder;

    private SimulatedRuns runs;

    @BeforeEach
    void setUp() {
        runs = new SimulatedRuns(folder);
    }

    @Test
    void ranksCountThroughTheDimensionsFastestFirst() {
        Layout layout = LayoutText.parse("tp=4,pp=8,dp=2,order=tp-dp-pp");
        assertThat(layout.ranks()).isEqualTo(64);
        assertThat(layout.of(13, Dimension.TP)).isEqualTo(1);
        assertThat(layout.of(13, Dimension.DP)).isEqualTo(1);
        assertThat(layout.of(13, Dimension.PP)).isEqualTo(1);
        assertThat(LayoutText.parse("pp=4,dp=2,order=pp-dp").of(6, Dimension.PP))
                .isEqualTo(2);
        assertThat(LayoutText.parse("pp=4,dp=2")).hasToString("tp=1,pp=4,dp=2,order=tp-dp-pp");
    }

    @Test
    void lanesAreNoReplicas() {
        runs.ranks("run", "", 0, 2, 4, 6);
        Path trace = runs.ranks("run", "", 1, 3, 5, 7);
        Document guessed = new Document(Cli.run("analyze --json -", trace).out());
        assertThat(guessed.numbers("replica")).hasSize(2);
        assertThat(guessed.texts("code")).contains("lanes-by-rank");
        Document told = new Document(
                Cli.run("analyze --json - --layout tp=2,pp=4", trace).out());
        assertThat(told.numbers("replica")).containsExactly(0.0);
        assertThat(told.numbers("stages")).containsExactly(4.0);
        assertThat(told.numbers("tensorParallel")).containsExactly(2.0);
        assertThat(told.texts("code")).doesNotContain("lanes-by-rank", "layout-conflicts", "layout-ranks-missing");
        assertThat(told.numbers("stage").subList(4, 12)).containsExactly(0., 0., 1., 1., 2., 2., 3., 3.);
    }

    @Test
    void replicasFollowTheOrder() {
        runs.ranks("run", "", 0, 2, 4, 6);
        Path trace = runs.ranks("run", "--host stage=1:200us", 1, 3, 5, 7);
        Document told = new Document(Cli.run("analyze --json - --layout dp=2,pp=4,order=dp-pp", trace)
                .out());
        assertThat(told.numbers("replica")).containsExactly(0.0, 1.0);
        assertThat(told.numbers("tensorParallel")).containsExactly(1.0, 1.0);
    }

    /** Labels with neither stage nor replica: all that is left is the order of ranks. */
    @Test
    void placesAndReplicasOfBareLabelsFollowTheLayout() {
        runs.ranks("run", "", 0, 2, 4, 6);
        Path trace = runs.ranks("run", "", 1, 3, 5, 7);
        for (Path file : SimulatedRuns.filesUnder(trace)) {
            SimulatedRuns.sql(
                    file,
                    "update NVTX_EVENTS set text = replace(text, 'stage=', 'x=')",
                    "update StringIds set value = replace(value, 'stage=', 'x=')");
        }
        Document guessed = new Document(Cli.run("analyze --json -", trace).out());
        assertThat(guessed.numbers("stages")).containsExactly(8.0);
        Document told = new Document(
                Cli.run("analyze --json - --layout pp=4,dp=2", trace).out());
        assertThat(told.numbers("stages")).containsExactly(4.0, 4.0);
        assertThat(told.numbers("bubble").subList(0, 2)).allMatch(bubble -> Math.abs(bubble - 3.0 / 11) < 1e-6);
        assertThat(told.texts("kind")).startsWith("1f1b", "1f1b");
    }

    @Test
    void aReplicaKeepsItsNumber() {
        Path trace = runs.ranks("run", "", 4, 5, 6, 7);
        Cli cli = Cli.run("analyze --json - --layout pp=4,dp=2,order=pp-dp", trace);
        assertThat(new Document(cli.out()).numbers("replica")).containsExactly(1.0);
        assertThat(cli.out()).contains("not in the traces: rank 0, 1, 2, 3");
    }

    @Test
    void missingRanksAreNamed() {
        Path trace = runs.ranks("run", "", 0, 1, 2, 3);
        Cli cli = Cli.run("analyze --json - --layout pp=4,dp=2,order=pp-dp", trace);
        assertThat(cli.status()).isZero();
        assertThat(cli.out())
                .contains("layout-ranks-missing", "ranks of --layout are not in the traces: rank 4, 5, 6, 7");
    }

    @Test
    void labelsThatContradictHoldAndAreCounted() {
        Path trace = runs.ranks("run", "", 0, 1, 3, 2);
        Cli cli = Cli.run("analyze --json - --layout pp=4", trace);
        assertThat(cli.status()).isZero();
        Document document = new Document(cli.out());
        assertThat(cli.out()).contains("the labels hold: place");
        List<String> codes = document.texts("code");
        List<Double> counts = document.numbers("count");
        List<Double> ofWarnings = counts.subList(counts.size() - codes.size(), counts.size());
        assertThat(ofWarnings.get(codes.indexOf("layout-conflicts"))).isEqualTo(2);
        assertThat(document.numbers("bubble").get(0)).isBetween(0.2727, 0.2728);
    }

    @Test
    void ranksBeyondTheLayoutAreUnusable() {
        Path trace = runs.ranks("run", "", 0, 1, 2, 3);
        Cli cli = Cli.run("analyze --json - --layout pp=2", trace);
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.errors()).singleElement().asString().contains("rank 3 is in the traces", "ends with rank 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "4                     | '4' is not of the form tp=4",
                "tp=x                  | 'tp=x' has no whole number",
                "tp=0                  | a size is at least 1",
                "cp=2                  | 'cp' is none of tp, pp and dp",
                "tp=2,tp=2             | tp is there twice",
                "pp=2,order=pp,order=pp | order is there twice",
                "tp=2,pp=2,order=pp-dp | the order does not name tp",
                "pp=2,order=pp-pp      | the order names each of tp, pp and dp once",
                "tp=9999999,pp=9999999 | there are at most",
            })
    void whatIsNoLayoutIsAUsageError(String layout, String says) {
        Cli cli = Cli.run("analyze x --layout", layout.strip());
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.errors()).singleElement().asString().contains("--layout", says, "--help");
    }
}
