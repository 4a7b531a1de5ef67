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
 * <p>Where the first chunks are there without a gap, one further device is not supposed: a pipeline one device longer looks
 * like one with a deeper warm-up, which is the likelier of the two.
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

    /** Every number that a recorded device points to, smallest first. */
    static List<Integer> ofPart(RecordedIteration iteration, int chunksPerDevice) {
        Set<Integer> widths = new TreeSet<>();
        List<Integer> ofOneAhead = new ArrayList<>();
        List<Integer> ofTwoAhead = new ArrayList<>();
        int fewest = (highest(chunks(iteration)) + chunksPerDevice) / chunksPerDevice;
        for (List<Action> order : iteration.orders()) {
            List<Integer> own =
                    List.copyOf(new TreeSet<>(order.stream().map(Action::chunk).toList()));
            if (own.size() > 1) {
                widths.add(own.get(1) - own.get(0));
                widths.add((own.get(0) + own.get(1) + 1) / 2);
            } else if (own.size() == 1) {
                int warmUp = warmUp(order);
                ofOneAhead.add(own.get(0) + warmUp);
                ofTwoAhead.add(own.get(0) + (warmUp + 1) / 2);
            }
        }
        if (chunksPerDevice == 1 && !ofOneAhead.isEmpty()) {
            widths.add(median(ofOneAhead));
            widths.add(median(ofTwoAhead));
            widths.add(fewest);
        }
        int least = ofWhole(iteration, chunksPerDevice).isEmpty() ? fewest : fewest + 2;
        return widths.stream().filter(width -> width >= least).toList();
    }

    private static int warmUp(List<Action> order) {
        int forwards = 0;
        while (forwards < order.size() && order.get(forwards).phase().isForward()) {
            forwards++;
        }
        return forwards;
    }

    private static int median(List<Integer> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
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
