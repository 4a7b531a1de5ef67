package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.chain.ChainHops;
import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.chain.Traffic;
import io.github.bubbletrace.pipeline.unlabelled.cut.FoldedCutter;
import io.github.bubbletrace.pipeline.unlabelled.cut.PairCutter;
import io.github.bubbletrace.pipeline.unlabelled.cut.Stage;
import io.github.bubbletrace.pipeline.unlabelled.cut.StageCutter;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations.Hop;
import io.github.bubbletrace.pipeline.unlabelled.work.Reached;
import java.util.Arrays;
import java.util.List;

/**
 * The forms that a chain of devices may have, tried in turn: single chunks whose backwards are split or whole, a V, a ring,
 * a ring of two. Each form cuts the kernels of a device in its own way.
 */
final class ChainForms {

    private ChainForms() {}

    /** The pipeline of {@code chain}. */
    static FoundPipeline read(List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        if (chain.returns() && !chain.isRing()) {
            return readOpen(works, chain, traffic, toleranceNs);
        }
        if (chain.isRingOfTwo() && !isNamed(chain, traffic)) {
            Stage[] stages = Reached.TASKS.in(() -> PairCutter.cut(works, chain, traffic, toleranceNs));
            return read(chain, stages, traffic, toleranceNs);
        }
        return read(chain, cut(works, chain, false, traffic, toleranceNs), traffic, toleranceNs);
    }

    /**
     * A chain with weight gradients of their own, or one whose backwards are whole, or else one that goes down and up again;
     * that first where stages of a chain of single chunks would run several programmes for the same.
     */
    private static FoundPipeline readOpen(List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        FoundPipeline single = null;
        NoPipelineException refusal = null;
        for (boolean weights : new boolean[] {true, false}) {
            try {
                Stage[] stages = cut(works, chain, weights, traffic, toleranceNs);
                FoundPipeline found = read(chain, stages, traffic, toleranceNs);
                if (Arrays.stream(stages).allMatch(Stage::isAlike)) {
                    return found;
                }
                single = single == null ? found : single;
            } catch (NoPipelineException e) {
                refusal = refusal == null ? e : e.orFurther(refusal);
            }
        }
        try {
            Stage[] stages = FoldedCutter.cut(works, chain, traffic, toleranceNs);
            return read(FoldedCutter.folded(chain), stages, traffic, toleranceNs);
        } catch (NoPipelineException e) {
            if (single == null) {
                throw refusal.orFurther(new NoPipelineException(e.refusal().after("as a V of two chunks a device, ")));
            }
            return single;
        }
    }

    private static FoundPipeline read(StageChain chain, Stage[] stages, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        return Reached.MICRO_BATCHES.in(() -> ChainReader.read(chain, stages, traffic, toleranceNs));
    }

    /** Whether ranges name what goes between two devices. */
    private static boolean isNamed(StageChain chain, Traffic traffic) throws NoPipelineException {
        int[] forth = traffic.sends(chain.devices().get(0), chain.devices().get(1));
        int[] back = traffic.sends(chain.devices().get(1), chain.devices().get(0));
        long forwards = count(forth, Hop.FORWARD, traffic);
        long gradients = count(back, Hop.BACKWARD, traffic);
        boolean isNamed = forwards + count(forth, Hop.BACKWARD, traffic) == forth.length
                && gradients + count(back, Hop.FORWARD, traffic) == back.length;
        if (isNamed && forwards == forth.length && gradients == back.length) {
            throw new NoPipelineException("outputs of forwards go one way and of backwards the other");
        }
        return isNamed;
    }

    private static long count(int[] rows, Hop hop, Traffic traffic) {
        return Arrays.stream(rows)
                .filter(row -> traffic.operations().hop(row) == hop)
                .count();
    }

    private static Stage[] cut(
            List<DeviceWork> works, StageChain chain, boolean weights, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        DeviceWork[] own = chain.devices().stream().map(works::get).toArray(DeviceWork[]::new);
        return Reached.TASKS.in(() ->
                new StageCutter(own, new ChainHops(chain, traffic), weights, traffic.operations(), toleranceNs).cut());
    }
}
