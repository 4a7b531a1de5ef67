package io.github.bubbletrace.whatif;

import java.util.List;

/**
 * Megatron-LM's {@code --pipeline-model-parallel-layout}: chunks in the order of the model apart by bars, E the embedding, t
 * a transformer layer, L the loss; {@code t*3} repeats.
 */
final class MegatronLayout {

    private MegatronLayout() {}

    /** The layout of so many layers a chunk. */
    static String of(List<Integer> layers) {
        StringBuilder text = new StringBuilder("E");
        for (int chunk = 0; chunk < layers.size(); chunk++) {
            int count = layers.get(chunk);
            text.append(chunk > 0 ? "|" : "").append(count == 0 ? "" : count == 1 ? "t" : "t*" + count);
        }
        boolean hasLayers = layers.get(layers.size() - 1) > 0;
        return text.append(hasLayers ? ",L" : "L").toString();
    }
}
