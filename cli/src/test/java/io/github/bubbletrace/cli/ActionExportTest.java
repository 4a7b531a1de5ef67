package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionExportTest {

    private static final String TIMES = " --forward 1ms --backward 1ms --weight 1ms";

    @TempDir
    private Path folder;

    /** A list that was simulated, analysed and exported is the same list. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "naive",
                "gpipe",
                "1f1b",
                "interleaved --chunks 2",
                "interleaved --chunks 2 --group-size 8",
                "pipedream",
                "zb-h1",
                "zb-h2",
                "zb-v",
                "zb-auto --memory-limit 3",
                "dualpipe",
                "dualpipe --overlap 1500us",
                "dualpipe-v",
                "forward",
                "1f1b --recompute 1ms",
            })
    void aSimulatedListComesBack(String kind) throws IOException {
        Path wanted = folder.resolve("wanted.csv");
        Path trace = folder.resolve("run.sqlite");
        Path found = folder.resolve("found.csv");
        String run = "--schedule " + kind + " --stages 4 --microbatches 16" + TIMES;
        assertThat(Cli.run("predict " + run + " --write-actions", wanted).status())
                .isZero();
        String options = " --jitter 0.02 --iterations 3 --kernels 2";
        assertThat(Cli.run("simulate --actions " + wanted + TIMES + options + " -o", trace)
                        .status())
                .isZero();
        Cli cli = Cli.run("analyze --json - --write-actions " + found + " --actions " + wanted, trace);
        assertThat(cli.status()).isZero();
        assertThat(Files.readAllLines(found)).isEqualTo(Files.readAllLines(wanted));
        assertThat(cli.out()).contains("\"firstDisagreement\" : null");
    }

    @Test
    void everyReplicaHasItsFileAndTheExportIsReadAgain() throws IOException {
        SimulatedRuns runs = new SimulatedRuns(folder);
        runs.ranks("run", "", 0, 2, 4, 6);
        Path trace = runs.ranks("run", "", 1, 3, 5, 7);
        Path found = folder.resolve("orders.csv");
        Cli cli = Cli.run("analyze --json - --layout dp=2,pp=4,order=dp-pp --write-actions " + found, trace);
        assertThat(cli.status()).isZero();
        assertThat(folder.resolve("orders-replica1.csv")).hasSameTextualContentAs(found);
        assertThat(Cli.run("predict --forward 1ms --backward 1ms --actions", found)
                        .status())
                .isZero();
    }

    @Test
    void whereThereIsNoPipelineThatIsSaid() {
        Path trace = new SimulatedRuns(folder).withoutPipeline("run.sqlite");
        Cli cli = Cli.run("analyze --json - --write-actions " + folder.resolve("a.csv"), trace);
        assertThat(cli.errors())
                .contains("bubbletrace: --write-actions: no pipeline was found, so there is no order to" + " write");
        assertThat(List.of(folder.resolve("a.csv"))).noneMatch(Files::exists);
    }
}
