package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.chain.PairHops;
import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.chain.Traffic;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import java.util.List;

/**
 * Cuts the two stages of a ring of two: outputs of forwards and of backwards go the same way there, so that only
 * programmes tell which is which.
 */
public final class PairCutter {

    private PairCutter() {}

    /** The two stages, the first one first. */
    public static Stage[] cut(List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        DeviceWork[] work = chain.devices().stream().map(works::get).toArray(DeviceWork[]::new);
        try {
            return alike(work, chain, traffic, toleranceNs);
        } catch (NoPipelineException alike) {
            return different(work, chain, traffic, toleranceNs, alike);
        }
    }

    /** Chunks of programmes of their own; {@code alike} says why they are not the same everywhere. */
    private static Stage[] different(
            DeviceWork[] work, StageChain chain, Traffic traffic, long toleranceNs, NoPipelineException alike)
            throws NoPipelineException {
        PairHops hops = new PairHops(work, chain, traffic);
        for (int place = 0; place < work.length; place++) {
            if (hops.sends(place, true).length == 0 || hops.sends(place, false).length == 0) {
                throw alike;
            }
        }
        try {
            return new StageCutter(work, hops, false, traffic.operations(), toleranceNs).cut();
        } catch (NoPipelineException e) {
            throw alike;
        }
    }

    /** Chunks that all run the same programmes. */
    private static Stage[] alike(DeviceWork[] work, StageChain chain, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        Operations operations = traffic.operations();
        Cut[] cuts = new Cut[work.length];
        for (int place = 0; place < work.length; place++) {
            int[] sends = traffic.sends(chain.devices().get(place), chain.after(place));
            cuts[place] = ProgrammeCutter.cut(work[place], new SendGroups(work[place], operations, sends, new int[0]));
        }
        if (!isMixed(cuts[0]) && !isMixed(cuts[1])) {
            throw new NoPipelineException("outputs of forwards go one way and of backwards the other");
        }
        Stage[] stages = new Stage[work.length];
        for (int place = 0; place < stages.length; place++) {
            Cut other = cuts[1 - place];
            stages[place] = new Stage(
                    work[place],
                    operations,
                    other.forward().receives(operations),
                    other.backward().receives(operations),
                    cuts[place],
                    toleranceNs);
        }
        return stages;
    }

    private static boolean isMixed(Cut cut) {
        return cut.forward().sends() > 0 && cut.backward().sends() > 0;
    }
}
