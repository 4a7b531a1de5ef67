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
 */
public record LayerSplit(
        List<Integer> layers,
        List<Double> shares,
        String layout,
        long embeddingNs,
        long headNs,
        long stepNs,
        long gainNs) {}
