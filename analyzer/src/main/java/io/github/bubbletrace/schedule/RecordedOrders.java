package io.github.bubbletrace.schedule;

import java.util.List;
import java.util.Set;

/**
 * What the devices of a pipeline ran, in the order in which they ran it.
 *
 * @param ranks the rank of each device, for messages; as many as the pipeline has devices
 * @param chunksPerDevice how many chunks each device holds
 * @param iterations for each iteration and each device the actions in the order of their starts; chunks are numbered over
 *     the whole pipeline, micro-batches may be numbered from anywhere
 * @param traits what the times of the tasks tell beyond their order
 */
public record RecordedOrders(
        List<Integer> ranks, int chunksPerDevice, List<List<List<Action>>> iterations, Set<Trait> traits) {

    /** What times tell beyond the order. */
    public enum Trait {
        /** The last recorded chunk waited for something after it, so that the pipeline's last devices are missing. */
        OPEN_END,
        /** Forwards of an iteration ran before the one before it had drained. */
        NO_FLUSH
    }

    /** @throws IllegalArgumentException where an iteration has not one order a device */
    public RecordedOrders {
        ranks = List.copyOf(ranks);
        iterations = List.copyOf(iterations);
        traits = Set.copyOf(traits);
        for (List<List<Action>> iteration : iterations) {
            if (iteration.size() != ranks.size()) {
                throw new IllegalArgumentException(
                        "an iteration has " + iteration.size() + " orders for " + ranks.size() + " devices");
            }
        }
    }

    /** Orders of which no times are known. */
    public RecordedOrders(List<Integer> ranks, int chunksPerDevice, List<List<List<Action>>> iterations) {
        this(ranks, chunksPerDevice, iterations, Set.of());
    }

    /** How many devices the pipeline has. */
    public int devices() {
        return ranks.size();
    }
}
