package io.github.bubbletrace.schedule;

import java.util.List;

/**
 * What the devices of a pipeline ran, in the order in which they ran it.
 *
 * @param ranks the rank of each device, for messages; as many as the pipeline has devices
 * @param chunksPerDevice how many chunks each device holds
 * @param iterations for each iteration and each device the actions in the order of their starts; chunks are numbered over
 *     the whole pipeline, micro-batches may be numbered from anywhere
 */
public record RecordedOrders(List<Integer> ranks, int chunksPerDevice, List<List<List<Action>>> iterations) {

    /** @throws IllegalArgumentException where an iteration has not one order a device */
    public RecordedOrders {
        ranks = List.copyOf(ranks);
        iterations = List.copyOf(iterations);
        for (List<List<Action>> iteration : iterations) {
            if (iteration.size() != ranks.size()) {
                throw new IllegalArgumentException(
                        "an iteration has " + iteration.size() + " orders for " + ranks.size() + " devices");
            }
        }
    }

    /** How many devices the pipeline has. */
    public int devices() {
        return ranks.size();
    }
}
