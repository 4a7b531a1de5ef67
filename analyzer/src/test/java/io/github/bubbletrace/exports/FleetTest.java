package io.github.bubbletrace.exports;

import static io.github.bubbletrace.exports.Causes.US;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.format.UnusableInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several ranks, files, replicas and lanes. */
class FleetTest {

    private static final long LATER = 5_000_000;

    @TempDir
    private Path folder;

    private static ExportThread rank(ExportBuilder export, int rank) {
        return export.process(100 + rank).rank(rank).main();
    }

    /** One forward and backward through two stages; {@code words} stand in every label. */
    private static void pass(ExportThread first, ExportThread last, String words, long at) {
        first.task("it=0 stage=0 mb=0 phase=F" + words, 0, at, at + 100 * US)
                .task("it=0 stage=0 mb=0 phase=B" + words, 0, at + 400 * US, at + 600 * US);
        last.task("it=0 stage=1 mb=0 phase=F" + words, 0, at + 100 * US, at + 200 * US)
                .task("it=0 stage=1 mb=0 phase=B" + words, 0, at + 200 * US, at + 400 * US);
    }

    /** The second file's session starts 5 ms later, so its clock shows 5 ms less. */
    @Test
    void filesOfOneRankEachAlignByTheirSessions() throws Exception {
        ExportBuilder early = new ExportBuilder();
        ExportBuilder late = new ExportBuilder().startingAt(ExportBuilder.EPOCH_NS + LATER);
        pass(rank(early, 0), rank(late, 1), "", 10 * LATER);
        rank(late, 1);
        Path one = early.write(folder.resolve("a.sqlite"));
        Path two = late.statement(
                        "UPDATE CUPTI_ACTIVITY_KIND_KERNEL SET start = start - 5000000, \"end\" = \"end\" - 5000000")
                .statement(
                        "UPDATE CUPTI_ACTIVITY_KIND_RUNTIME SET start = start - 5000000, \"end\" = \"end\" - 5000000")
                .statement("UPDATE NVTX_EVENTS SET start = start - 5000000, \"end\" = \"end\" - 5000000"
                        + " WHERE eventType = 59")
                .write(folder.resolve("b.sqlite"));
        Analysed analysed = Analysed.of(two, one);
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.TURNAROUND, 300 * US));
        assertThat(analysed.idle(1).get(Cause.FILL)).isEqualTo(100 * US);
        assertThat(analysed.idle(1).get(Cause.DRAIN)).isEqualTo(200 * US);
        assertThat(analysed.analysis().inputs().get(0).clockOffsetNs()).isEqualTo(LATER);
        assertThat(analysed.analysis().inputs().get(1).clockOffsetNs()).isZero();
    }

    @Test
    void aFileWithoutSessionStartCannotBeAligned() throws Exception {
        ExportBuilder one = new ExportBuilder();
        ExportBuilder other = new ExportBuilder().withoutSessionStart();
        pass(rank(one, 0), rank(other, 1), "", 0);
        Path first = one.write(folder.resolve("a.sqlite"));
        Path second = other.write(folder.resolve("b.sqlite"));
        assertThatThrownBy(() -> Analysed.of(first, second))
                .isInstanceOf(UnusableInputException.class)
                .hasMessage(second + ": no session start time, and no transfers that only one alignment fits, so it"
                        + " cannot be aligned with the other files;"
                        + " analyse it alone, or export it with a newer nsys");
        assertThat(Analysed.of(second).warned("lone-stage")).isEqualTo(1);
    }

    @Test
    void filesOfDifferentRunsAreRefused() throws Exception {
        ExportBuilder one = new ExportBuilder();
        ExportBuilder other = new ExportBuilder().startingAt(1_000_000_000_000_000_000L);
        pass(rank(one, 0), rank(other, 1), "", 0);
        Path first = one.write(folder.resolve("a.sqlite"));
        Path second = other.write(folder.resolve("b.sqlite"));
        assertThatThrownBy(() -> Analysed.of(first, second)).hasMessageContaining("not of one run");
    }

    @Test
    void aLoneStageIsUnresolved() throws Exception {
        ExportBuilder export = new ExportBuilder();
        pass(rank(export, 0), rank(new ExportBuilder(), 1), "", 0);
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.warned("lone-stage")).isEqualTo(1);
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.UNRESOLVED, 300 * US));
    }

    @Test
    void aMissingStageLeavesGapsUnresolved() throws Exception {
        ExportBuilder export = new ExportBuilder();
        for (int stage : new int[] {0, 2}) {
            rank(export, stage)
                    .task("stage=" + stage + " mb=0 phase=F", 0, stage * 100L, stage * 100L + 100)
                    .task("stage=" + stage + " mb=0 phase=B", 0, 700 - stage * 200L, 900 - stage * 200L);
        }
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.warned("missing-chunks")).isEqualTo(1);
        assertThat(analysed.idle(0)).isEqualTo(CauseTimes.only(Cause.UNRESOLVED, 600));
    }

    /** Without words in the labels replicas are told apart by rank, and that is said. */
    @Test
    void twoReplicas() throws Exception {
        for (boolean named : new boolean[] {true, false}) {
            ExportBuilder export = new ExportBuilder();
            pass(rank(export, 0), rank(export, 1), named ? " dp=0" : "", 0);
            pass(rank(export, 2), rank(export, 3), named ? " dp=1" : "", 50 * US);
            Analysed analysed = Analysed.of(export.write(folder.resolve(named + ".sqlite")));
            assertThat(analysed.analysis().pipelines()).hasSize(2);
            assertThat(analysed.analysis().pipelines()).allSatisfy(replica -> {
                assertThat(replica.stages()).isEqualTo(2);
                assertThat(replica.totals().idleNs().total()).isEqualTo(600 * US);
                assertThat(replica.totals().idleNs().structure()).isEqualTo(600 * US);
            });
            assertThat(analysed.analysis()
                            .pipelines()
                            .get(1)
                            .iterations()
                            .get(0)
                            .devices())
                    .extracting(device -> device.rank())
                    .containsExactly(2, 3);
            assertThat(analysed.warned("lanes-by-rank")).isEqualTo(named ? 0 : 2);
        }
    }

    /** Each tensor-parallel rank replays its own lane within one pipeline. */
    @Test
    void tensorParallelLanesByLabel() throws Exception {
        ExportBuilder export = new ExportBuilder();
        pass(rank(export, 0), rank(export, 2), " tp=0", 0);
        pass(rank(export, 1), rank(export, 3), " tp=1", 0);
        Analysed analysed = Analysed.of(export.write(folder.resolve("t.sqlite")));
        assertThat(analysed.pipeline().tensorParallel()).isEqualTo(2);
        assertThat(analysed.pipeline().stages()).isEqualTo(2);
        for (int lane = 0; lane < 2; lane++) {
            assertThat(analysed.device(0, lane).rank()).isEqualTo(lane);
            assertThat(analysed.idle(lane)).isEqualTo(CauseTimes.only(Cause.TURNAROUND, 300 * US));
            assertThat(analysed.idle(2 + lane).get(Cause.FILL)).isEqualTo(100 * US);
        }
    }

    @Test
    void theOrderOfRowsLeavesNoTrace() throws Exception {
        ExportBuilder export = new ExportBuilder();
        for (int replica = 0; replica < 2; replica++) {
            ExportThread first = rank(export, 2 * replica);
            ExportThread last = rank(export, 2 * replica + 1);
            pass(first, last, " dp=" + replica, 0);
            first.sendRecv(0, 20, 100 * US, 110 * US)
                    .memset(0, 650 * US, 660 * US)
                    .range("step 0", 0, 700 * US);
            last.sendRecv(0, 20, 50 * US, 110 * US)
                    .toHost(0, 410 * US, 420 * US)
                    .open("odd", 3);
        }
        Analysed ordered = Analysed.of(export.write(folder.resolve("ordered.sqlite")));
        for (int seed = 0; seed < 5; seed++) {
            Path file = export.writeShuffled(folder.resolve(seed + ".sqlite"), Seeds.random(seed));
            assertThat(Description.of(Analysed.of(file).analysis()))
                    .as("seed " + seed)
                    .containsExactlyElementsOf(Description.of(ordered.analysis()));
        }
    }

    @Test
    void aFileGivenTwiceIsReadOnce() throws Exception {
        ExportBuilder export = new ExportBuilder();
        pass(rank(export, 0), rank(export, 1), "", 0);
        Path file = export.write(folder.resolve("t.sqlite"));
        Path link = Files.createSymbolicLink(folder.resolve("link.sqlite"), file);
        Analysed analysed = Analysed.of(file, link, file, folder);
        assertThat(analysed.analysis().inputs()).hasSize(1);
        assertThat(analysed.pipeline().stages()).isEqualTo(2);
    }

    /** Equal files are two files: their ranks repeat, which is said. */
    @Test
    void copiesOfAFileRepeatItsRanks() throws Exception {
        ExportBuilder export = new ExportBuilder();
        pass(rank(export, 0), rank(export, 1), "", 0);
        Path file = export.write(folder.resolve("t.sqlite"));
        Path copy = Files.copy(file, folder.resolve("copy.sqlite"));
        Analysed analysed = Analysed.of(file, copy);
        assertThat(analysed.warned("ranks-repeated")).isEqualTo(2);
        assertThat(analysed.analysis().pipelines()).hasSize(2);
    }
}
