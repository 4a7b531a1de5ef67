package io.github.bubbletrace.findings;

import io.github.bubbletrace.attribution.Change;
import io.github.bubbletrace.pipeline.PipelineRun;
import java.util.function.BiPredicate;

/** Transfers that take no time, on some of the links between places; what passes before both sides are there stays. */
final class FreeTransfers implements Change {

    private final PipelineRun run;
    private final BiPredicate<Integer, Integer> isFree;

    private FreeTransfers(PipelineRun run, BiPredicate<Integer, Integer> isFree) {
        this.run = run;
        this.isFree = isFree;
    }

    /** On every link. */
    static FreeTransfers everywhere(PipelineRun run) {
        return new FreeTransfers(run, (from, to) -> true);
    }

    /** Between two places in both directions. */
    static FreeTransfers between(int a, int b, PipelineRun run) {
        return new FreeTransfers(run, (from, to) -> (from == a && to == b) || (from == b && to == a));
    }

    @Override
    public long transferNs(int sender, int receiver, long trueNs, long lateNs, int late) {
        return isFree.test(run.placeOf().get(sender), run.placeOf().get(receiver)) ? lateNs : trueNs + lateNs;
    }
}
