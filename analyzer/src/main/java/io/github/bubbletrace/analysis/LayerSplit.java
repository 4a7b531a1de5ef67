package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * The split of the model over its chunks with the shortest step.
 *
 * @param layers how many layers each chunk should hold, first chunk first; null where the number of layers is not known
 * @param shares the same over what each chunk holds now
 * @param layout the same as Megatron-LM's {@code --pipeline-model-parallel-layout}; null where the number is not known
 * @param embeddingNs what the first chunk takes beyond its layers for one micro-batch, forward and backward
 * @param headNs what the last chunk takes beyond its layers
 * @param stepNs the step with the split, in nanoseconds
 * @param gainNs the recorded step less that
 * @param source what the time of a layer is taken from
 */
public record LayerSplit(
        List<Integer> layers,
        List<Double> shares,
        String layout,
        long embeddingNs,
        long headNs,
        long stepNs,
        long gainNs,
        Source source) {

    /** What the time of a layer is taken from. */
    public enum Source {
        /** Ranges around the layers, in all work. */
        LAYERS("layers"),
        /** Ranges around the layers of forwards; other work is shared as the forwards are. */
        FORWARD_LAYERS("forward-layers"),
        /** What chunks take, which are taken to hold equally many layers. */
        CHUNKS("chunks");

        private final String key;

        Source(String key) {
            this.key = key;
        }

        /** The name in documents. */
        public String key() {
            return key;
        }
    }
}
