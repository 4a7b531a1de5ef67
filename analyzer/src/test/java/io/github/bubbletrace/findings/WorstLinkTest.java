package io.github.bubbletrace.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.attribution.CriticalTransfers;
import io.github.bubbletrace.attribution.WhatIf;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.RandomRun;
import io.github.bubbletrace.pipeline.RandomRun.Plan;
import io.github.bubbletrace.pipeline.TransferMatcher;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.trace.ImportLog;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against replaying every link, on random orders; the seed is the test's argument. */
class WorstLinkTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isWhatReplayingEveryLinkFinds(long seed) {
        PipelineRun run = run(seed);
        List<WindowRun> windows = windows(run);
        WorstLink best = null;
        for (int from = 0; from < run.places(); from++) {
            for (int to = from + 1; to < run.places(); to++) {
                boolean isLink = to == from + 1 || (from == 0 && to == run.places() - 1);
                long saved = savedNs(from, to, run, windows);
                best = isLink && (best == null || saved > best.savedNs()) ? new WorstLink(from, to, saved) : best;
            }
        }
        assertThat(WorstLink.of(run, windows)).isEqualTo(best);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noLinkSavesMoreThanItsTransfersOnTheCriticalPath(long seed) {
        PipelineRun run = run(seed);
        List<WindowRun> windows = windows(run);
        CriticalTransfers critical = CriticalTransfers.of(run, windows);
        long sum = 0;
        for (int from = 0; from < run.places(); from++) {
            for (int to = from + 1; to < run.places(); to++) {
                sum += critical.ns(from, to);
                assertThat(savedNs(from, to, run, windows)).isLessThanOrEqualTo(critical.ns(from, to));
            }
        }
        long all = WhatIf.recordedNs(windows) - WhatIf.makespanNs(windows, FreeTransfers.everywhere(run));
        assertThat(all).isLessThanOrEqualTo(sum);
    }

    private static long savedNs(int from, int to, PipelineRun run, List<WindowRun> windows) {
        return WhatIf.recordedNs(windows) - WhatIf.makespanNs(windows, FreeTransfers.between(from, to, run));
    }

    private static PipelineRun run(long seed) {
        Random random = Seeds.random(seed);
        Plan plan = new Plan();
        int spread = random.nextInt(600_000);
        if (spread > 50_000) {
            plan.durationNs = action -> 400_000 + new Random(seed ^ action.hashCode() * 7919L).nextInt(spread);
        }
        plan.longestTransferNs = random.nextInt(4) == 0 ? 3 : 600_000;
        plan.longestDelayNs = random.nextInt(2) * 50_000L;
        plan.receive = Receive.values()[random.nextInt(3)];
        plan.forwardOnly = random.nextInt(4) == 0;
        return new RandomRun(seed, plan).run();
    }

    private static List<WindowRun> windows(PipelineRun run) {
        return TransferMatcher.match(run, new ImportLog()).edges().stream()
                .map(edges -> new WindowRun(run, edges))
                .toList();
    }
}
