package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold where kernels do not say whether they send or receive: every micro-batch goes through every chunk, forwards
 * and backwards. One direction taken wrongly shifts the count of all that follow, which elsewhere a capture's beginning may
 * do as well.
 */
final class WholePasses {

    private static final long TOLERANCE_NS = 1_000;

    /** Clocks err. */
    private static final double MOST_EARLY = 0.005;

    private WholePasses() {}

    /**
     * Refuses what is no pipeline.
     *
     * @param errorNs how far apart two moments of different clocks may be that are one
     * @throws NoPipelineException where a chunk runs other micro-batches than another one, or than backwards, or before the
     *     chunk that it gets them from
     */
    static void require(FoundPipeline pipeline, long errorNs) throws NoPipelineException {
        requireAll(pipeline);
        requireOneByOne(pipeline, errorNs);
    }

    private static void requireOneByOne(FoundPipeline pipeline, long errorNs) throws NoPipelineException {
        Map<Action, Long> endNs = new HashMap<>();
        pipeline.tasks().forEach(task -> endNs.put(task.action(), task.endNs()));
        int early = 0;
        for (FoundTask task : pipeline.tasks()) {
            Phase phase = task.action().phase();
            int from = task.action().chunk() + (phase == Phase.B ? 1 : -1);
            boolean isPassedOn = phase == Phase.F || phase == Phase.B || phase == Phase.D;
            Long cameNs =
                    isPassedOn ? endNs.get(new Action(phase, from, task.action().microBatch())) : null;
            early += cameNs != null && task.startNs() + errorNs + TOLERANCE_NS < cameNs ? 1 : 0;
        }
        if (early > MOST_EARLY * pipeline.tasks().size()) {
            throw new NoPipelineException(early + " tasks begin before the chunk that they get their input from has"
                    + " ended, where kernels do not say whether they send or receive");
        }
    }

    private static void requireAll(FoundPipeline pipeline) throws NoPipelineException {
        Map<Phase, List<BitSet>> ran = new EnumMap<>(Phase.class);
        BitSet all = new BitSet();
        for (FoundTask task : pipeline.tasks()) {
            int microBatch = task.action().microBatch();
            if (microBatch < 0) {
                throw new NoPipelineException("some micro-batches began before the trace did, where kernels do not say"
                        + " whether they send or receive");
            }
            List<BitSet> chunks = ran.computeIfAbsent(task.action().phase(), phase -> new ArrayList<>());
            while (chunks.size() <= task.action().chunk()) {
                chunks.add(new BitSet());
            }
            chunks.get(task.action().chunk()).set(microBatch);
            all.set(microBatch);
        }
        for (Phase phase : List.of(Phase.F, Phase.B, Phase.D)) {
            List<BitSet> chunks = ran.getOrDefault(phase, List.of());
            for (int chunk = 0; chunk < chunks.size(); chunk++) {
                int missing = all.cardinality() - chunks.get(chunk).cardinality();
                if (missing > 0) {
                    throw new NoPipelineException(missing + " of " + all.cardinality()
                            + " micro-batches do not run on chunk " + chunk + " (" + phase
                            + "), where kernels do not say whether they send or receive");
                }
            }
        }
    }
}
