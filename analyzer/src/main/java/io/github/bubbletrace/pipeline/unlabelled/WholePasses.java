package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold where kernels do not say whether they send or receive: every micro-batch goes through every chunk, forwards
 * and backwards. One direction taken wrongly shifts the count of all that follow, which elsewhere a capture's beginning may
 * do as well.
 */
final class WholePasses {

    private WholePasses() {}

    /** @throws NoPipelineException where a chunk runs other micro-batches than another one, or than backwards */
    static void require(FoundPipeline pipeline) throws NoPipelineException {
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
