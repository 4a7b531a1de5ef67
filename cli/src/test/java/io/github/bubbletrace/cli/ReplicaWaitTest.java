package io.github.bubbletrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaWaitTest {

    @TempDir
    private Path folder;

    /** Each replica has one long iteration: what the other waits for. */
    @Test
    void eachWaitsForTheSlowestOfEveryIteration() {
        SimulatedRuns runs = new SimulatedRuns(folder);
        runs.ranks("run", "--iterations 3 --straggler it=1:F:stage=0:mb=0:3", 0, 1, 2, 3);
        Path trace = runs.ranks("run", "--iterations 3 --straggler it=2:F:stage=0:mb=0:2", 4, 5, 6, 7);
        Path reports = folder.resolve("reports");
        Cli cli = Cli.run("analyze --json - -o", reports, trace);
        Document document = new Document(cli.out());
        assertThat(document.numbers("replicaWaitNs")).isEqualTo(List.of(1_000_000.0, 2_000_000.0));
        assertThat(document.texts("title"))
                .contains(
                        "the other replicas wait for replica 0: 2.0 % of the step",
                        "the other replicas wait for replica 1: 1.0 % of the step");
        assertThat(reports.resolve("report.html"))
                .content()
                .contains("waits for the slowest", "667 us an iteration", "Replicas wait for the slowest one");
    }

    @Test
    void theTerminalSaysItInASentence() {
        SimulatedRuns runs = new SimulatedRuns(folder);
        runs.ranks("run", "", 0, 1, 2, 3);
        Path trace = runs.ranks("run", "--straggler it=0:F:stage=0:mb=0:4", 4, 5, 6, 7);
        assertThat(Cli.run("analyze --only json -o", folder.resolve("reports"), trace)
                        .out())
                .contains(
                        "Replicas wait for the slowest one of each iteration for 4.2 % of their time, replica 0 longest"
                                + " (3.00 ms an iteration).");
    }

    @Test
    void oneReplicaWaitsForNobody() {
        Cli cli = Cli.run("analyze --json -", new SimulatedRuns(folder).file("run.sqlite", ""));
        assertThat(new Document(cli.out()).numbers("replicaWaitNs")).containsExactly(0.0);
    }
}
