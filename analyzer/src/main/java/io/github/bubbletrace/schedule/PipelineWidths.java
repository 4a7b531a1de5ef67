package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many devices the pipeline may have of which some are recorded. Several chunks of a device tell it: in Megatron's
 * placement they lie p apart, in a V two of them sum to 2p - 1. With one chunk each the warm-up does: it has p - c forwards
 * on chunk c in 1F1B and ZB-H1, 2 (p - c) - 1 in ZB-H2.
 *
 * <p>Where the first chunks are there without a gap, one further device is supposed only where the times say so or
 * weight gradients tell how late they come: in the order of 1F1B a pipeline one device longer looks like one with a deeper
 * warm-up.
 */
final class PipelineWidths {

    private PipelineWidths() {}

    /** The devices that are there, if their chunks are all there are. */
    static List<Integer> ofWhole(RecordedIteration iteration, int chunksPerDevice) {
        int devices = iteration.orders().size();
        Set<Integer> chunks = chunks(iteration);
        boolean whole = chunks.size() == devices * chunksPerDevice && highest(chunks) == chunks.size() - 1;
        return whole ? List.of(devices) : List.of();
    }

    /**
     * Every number that a recorded device points to, smallest first.
     *
     * @param open whether the times say that devices after the last recorded one are missing
     */
    static List<Integer> ofPart(RecordedIteration iteration, int chunksPerDevice, boolean open) {
        Set<Integer> widths = new TreeSet<>();
        Estimates estimates = new Estimates();
        int fewest = (highest(chunks(iteration)) + chunksPerDevice) / chunksPerDevice;
        for (List<Action> order : iteration.orders()) {
            List<Integer> own =
                    List.copyOf(new TreeSet<>(order.stream().map(Action::chunk).toList()));
            if (own.size() > 1) {
                widths.add(own.get(1) - own.get(0));
                widths.add((own.get(0) + own.get(1) + 1) / 2);
            } else if (own.size() == 1) {
                estimates.add(
                        own.get(0), warmUp(order), iteration.microBatches().size());
            }
        }
        if (chunksPerDevice == 1) {
            widths.addAll(estimates.widths());
            widths.addAll(List.of(fewest, fewest + 1));
        }
        int further = open || iteration.phases().contains(Phase.W) ? 1 : 2;
        int least = ofWhole(iteration, chunksPerDevice).isEmpty() ? fewest : fewest + further;
        return widths.stream().filter(width -> width >= least).toList();
    }

    private static int warmUp(List<Action> order) {
        int forwards = 0;
        while (forwards < order.size() && order.get(forwards).phase().isForward()) {
            forwards++;
        }
        return forwards;
    }

    /** What warm-ups tell: the median of those that end before the micro-batches do, and at least as much as each shows. */
    private static final class Estimates {
        private final List<Integer> ofOneAhead = new ArrayList<>();
        private final List<Integer> ofTwoAhead = new ArrayList<>();
        private int leastOfOne;
        private int leastOfTwo;

        void add(int chunk, int warmUp, int microBatches) {
            int one = chunk + warmUp;
            int two = chunk + (warmUp + 1) / 2;
            leastOfOne = Math.max(leastOfOne, one);
            leastOfTwo = Math.max(leastOfTwo, two);
            if (warmUp < microBatches) {
                ofOneAhead.add(one);
                ofTwoAhead.add(two);
            }
        }

        Set<Integer> widths() {
            Set<Integer> widths = new TreeSet<>(List.of(leastOfOne, leastOfTwo));
            for (List<Integer> values : List.of(ofOneAhead, ofTwoAhead)) {
                if (!values.isEmpty()) {
                    Collections.sort(values);
                    widths.add(values.get(values.size() / 2));
                }
            }
            return widths;
        }
    }

    private static Set<Integer> chunks(RecordedIteration iteration) {
        Set<Integer> chunks = new TreeSet<>();
        iteration.orders().forEach(order -> order.forEach(action -> chunks.add(action.chunk())));
        return chunks;
    }

    private static int highest(Set<Integer> chunks) {
        return chunks.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
