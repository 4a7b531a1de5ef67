package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bubble of the simulated run is 3/11, all of it turnaround, fill and drain. */
class FailIfTest {

    @TempDir
    private static Path folder;

    private static Path trace;
    private static Path computeOnly;

    @BeforeAll
    static void simulate() {
        SimulatedRuns runs = new SimulatedRuns(folder);
        trace = runs.file("run.sqlite", "--iterations 3 --boundary 3ms");
        computeOnly = runs.withoutPipeline("compute.sqlite");
    }

    @ParameterizedTest
    @CsvSource({
        "bubble>0.27, 3",
        "bubble>0.28, 0",
        "bubble<0.28, 3",
        "bubble>=1, 0",
        "bubble <= 1, 3",
        "host>0, 0",
        "host>=0, 3",
        "turnaround>0.01, 3",
        "boundaryIdle>0.05, 3",
        "boundaryIdle>.06, 0",
        "predictionError<=0.001, 3",
        "predictionError>0.001, 0"
    })
    void conditionsDecideTheExitStatus(String condition, int status) {
        Cli cli = Cli.run("analyze --json - --fail-if", condition, trace);
        assertThat(cli.status()).isEqualTo(status);
        assertThat(cli.out()).startsWith("{").endsWith("}\n");
        assertThat(cli.errors()).hasSize(status == 0 ? 0 : 1);
    }

    @Test
    void theLineSaysConditionValueAndReplicaAndTheReportsAreThere() {
        Path reports = folder.resolve("reports");
        Cli cli = Cli.run("analyze --fail-if", "bubble>0.2", "--fail-if", "p2p>0.5", "-o", reports, trace);
        assertThat(cli.status()).isEqualTo(ExitStatus.CONDITION_HOLDS);
        assertThat(cli.err())
                .isEqualToIgnoringNewLines("bubbletrace: --fail-if 'bubble>0.2' holds: bubble is 0.2727 in replica 0");
        assertThat(reports).isDirectoryContaining("glob:**report.json");
    }

    @Test
    void anyReplicaIsEnough() {
        SimulatedRuns runs = new SimulatedRuns(folder);
        runs.ranks("replicas", "", 0, 1, 2, 3);
        Path replicas = runs.ranks("replicas", "--host stage=1:200us", 4, 5, 6, 7);
        Cli cli = Cli.run("analyze --json - --fail-if", "host>0.02", replicas);
        assertThat(cli.status()).isEqualTo(ExitStatus.CONDITION_HOLDS);
        assertThat(cli.errors()).singleElement().asString().endsWith("in replica 1");
    }

    @Test
    void withoutPipelineNothingCanBeEvaluated() {
        Cli cli = Cli.run("analyze --json - --fail-if", "bubble>0.3", computeOnly);
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.errors()).singleElement().asString().contains("cannot be evaluated: no pipeline");
        assertThat(cli.out()).startsWith("{");
    }

    @Test
    void theErrorOfASingleIterationIsUnknown() {
        Path single = new SimulatedRuns(folder).file("single.sqlite", "");
        Cli unknown = Cli.run("analyze --json - --fail-if", "predictionError>0.1", single);
        assertThat(unknown.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(unknown.errors()).singleElement().asString().contains("predictionError is unknown in replica 0");
        Cli outweighed =
                Cli.run("analyze --json - --fail-if", "predictionError>0.1", "--fail-if", "bubble>0.1", single);
        assertThat(outweighed.status()).isEqualTo(ExitStatus.CONDITION_HOLDS);
        assertThat(outweighed.errors()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bubble", "bubble>", "bubble=0.3", "bubbles>0.3", "bubble>30", "bubble>-1", "bubble>1e999", ""})
    void whatIsNoConditionIsAUsageError(String condition) {
        Cli cli = Cli.run("analyze --fail-if", condition, trace);
        assertThat(cli.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.errors()).singleElement().asString().contains("--fail-if", "--help");
    }
}
