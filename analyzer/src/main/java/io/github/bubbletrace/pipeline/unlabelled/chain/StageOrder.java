package io.github.bubbletrace.pipeline.unlabelled.chain;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.KernelCounts;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The order of devices of which some send past their neighbours: skip connections, or an encoder's output that every decoder
 * stage reads. A stage's inputs all come before it, so of two devices that exchange both ways the one is earlier to which
 * the k-th transfer goes back only after the k-th has come forth. Where these leave one order alone, that is the chain.
 * Links on which neither is first are exchanges, as of gradients of weights that both hold; they, and what is sent much
 * seldomer than elsewhere, may be left out.
 */
final class StageOrder {

    /** How much of a link's order may contradict the direction taken. */
    private static final double MOST_CONTRADICTIONS = 0.02;

    /** What carries less than this share of the busiest link's transfers is sent once a step, not once a micro-batch. */
    private static final double SELDOM = 0.4;

    private final List<Integer> group;
    private final Links links;
    private final Traffic traffic;
    private final Map<Integer, TreeSet<Integer>> after = new TreeMap<>();
    private long lastFirstForthNs = Long.MIN_VALUE;
    private long firstBackNs = Long.MAX_VALUE;

    private StageOrder(List<Integer> group, Links links, Traffic traffic) {
        this.group = group;
        this.links = links;
        this.traffic = traffic;
    }

    /**
     * The only order in which the devices of {@code group} can be, first stage first.
     *
     * @throws NoPipelineException where there are several, or none
     */
    static List<Integer> of(List<Integer> group, Links links, Traffic traffic, List<DeviceWork> works)
            throws NoPipelineException {
        StageOrder order = new StageOrder(group, links, traffic);
        order.collect();
        List<Integer> found = order.sorted(works);
        order.requireAlike(found);
        if (order.firstBackNs < order.lastFirstForthNs) {
            throw new NoPipelineException(
                    "devices send past their neighbours, and transfers went back before any had come"
                            + " forth everywhere: the trace begins in the middle, or this is no pipeline");
        }
        return found;
    }

    /** Every micro-batch goes the whole way: where one link lacks some, ends joined what does not belong together. */
    private void requireAlike(List<Integer> found) throws NoPipelineException {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int i = 0; i + 1 < found.size(); i++) {
            int sent = traffic.sends(found.get(i), found.get(i + 1)).length;
            least = Math.min(least, sent);
            most = Math.max(most, sent);
        }
        if (most - least > KernelCounts.CUT_OFF + MOST_CONTRADICTIONS * most) {
            throw new NoPipelineException("devices send past their neighbours, and who receives what does not show");
        }
    }

    private void collect() throws NoPipelineException {
        long busiest = 0;
        for (int one : group) {
            after.put(one, new TreeSet<>());
            for (int other : links.neighbours(one)) {
                busiest = Math.max(busiest, links.both(one, other));
            }
        }
        for (int one : group) {
            for (int other : links.neighbours(one)) {
                if (one < other && links.both(one, other) >= SELDOM * busiest) {
                    add(one, other);
                }
            }
        }
    }

    private void add(int one, int other) throws NoPipelineException {
        double wrong = contradictions(one, other);
        double wrongReversed = contradictions(other, one);
        if (Math.min(wrong, wrongReversed) > MOST_CONTRADICTIONS || wrong == wrongReversed) {
            throw new NoPipelineException(
                    "devices send past their neighbours, and of two that exchange both ways neither"
                            + " is first, as in exchanges of halos and between experts");
        }
        int first = wrong < wrongReversed ? one : other;
        int second = first == one ? other : one;
        after.get(first).add(second);
        int[] forth = traffic.sends(first, second);
        int[] back = traffic.sends(second, first);
        Operations operations = traffic.operations();
        lastFirstForthNs = Math.max(lastFirstForthNs, operations.endNs(operations.peer(forth[0])));
        firstBackNs = back.length == 0 ? firstBackNs : Math.min(firstBackNs, operations.startNs(back[0]));
    }

    /** The share of what goes back from {@code last} that began before the transfer of the same number had come forth. */
    private double contradictions(int first, int last) {
        int[] forth = traffic.sends(first, last);
        int[] back = traffic.sends(last, first);
        if (forth.length == 0 || back.length == 0) {
            return forth.length == 0 ? 1 : 0;
        }
        int wrong = 0;
        int compared = Math.min(back.length, forth.length);
        for (int k = 0; k < compared; k++) {
            int receive = traffic.operations().peer(forth[k]);
            wrong += traffic.operations().endNs(receive) > traffic.operations().startNs(back[k]) ? 1 : 0;
        }
        return (double) wrong / compared;
    }

    private List<Integer> sorted(List<DeviceWork> works) throws NoPipelineException {
        Map<Integer, Integer> before = new TreeMap<>();
        after.keySet().forEach(device -> before.put(device, 0));
        after.values().forEach(others -> others.forEach(other -> before.merge(other, 1, Integer::sum)));
        TreeSet<Integer> next = new TreeSet<>();
        before.forEach((device, count) -> {
            if (count == 0) {
                next.add(device);
            }
        });
        List<Integer> order = new ArrayList<>();
        while (next.size() == 1) {
            int device = next.pollFirst();
            order.add(device);
            for (int other : after.get(device)) {
                if (before.merge(other, -1, Integer::sum) == 0) {
                    next.add(other);
                }
            }
        }
        if (next.size() > 1) {
            List<String> names =
                    next.stream().map(device -> works.get(device).name()).toList();
            throw new NoPipelineException("devices send past their neighbours, and which of "
                    + String.join(" and ", names) + " comes first does not show");
        }
        if (order.size() < group.size()) {
            throw new NoPipelineException("devices send past their neighbours and round");
        }
        return order;
    }
}
