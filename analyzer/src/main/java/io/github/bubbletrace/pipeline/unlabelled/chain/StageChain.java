package io.github.bubbletrace.pipeline.unlabelled.chain;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The devices of one pipeline from the first stage to the last.
 *
 * @param devices the stages' devices; in a V those of its chunks, down and up again
 * @param isRing whether the last stage sends to the first: several chunks a device, or tokens fed back
 * @param returns whether transfers go back from the last stage to the first: gradients
 * @param confidence how sure that is, 0 to 1
 */
public record StageChain(List<Integer> devices, boolean isRing, boolean returns, double confidence) {

    /** One direction alone leaves no doubt about where a chain begins. */
    private static final double ONE_WAY = 0.95;

    /** Both ends send only after they have received: which is the first is open. */
    private static final double EITHER_WAY = 0.5;

    /** How much of a link's order may contradict the direction taken: captures begin in the middle. */
    private static final double MOST_CONTRADICTIONS = 0.02;

    /** How many devices there are. */
    public int places() {
        return devices.size();
    }

    /** Whether outputs of forwards and gradients go the same way between two devices. */
    public boolean isRingOfTwo() {
        return isRing && returns && places() == 2;
    }

    /** Whether devices come twice: chunks go down the chain and up again. */
    public boolean isFolded() {
        return devices.stream().distinct().count() < places();
    }

    /** The device that the forward of {@code place} comes from; -1 at the first of a chain that is no ring. */
    int before(int place) {
        return place > 0 ? devices.get(place - 1) : isRing ? devices.get(places() - 1) : -1;
    }

    /** The device that the forward of {@code place} goes to; -1 at the last of a chain that is no ring. */
    public int after(int place) {
        return place + 1 < places() ? devices.get(place + 1) : isRing ? devices.get(0) : -1;
    }

    /** The devices of a group from one end to the other; none where they make anything else than a line. */
    public static List<Integer> line(List<Integer> group, Links links) {
        boolean isLine = count(group, links, 1) == 2 && count(group, links, 2) == group.size() - 2;
        return isLine ? walk(firstEnd(group, links), group.size(), links, -1) : List.of();
    }

    /** The chains that a group of devices may be, the likeliest first. */
    public static List<StageChain> of(List<Integer> group, Links links, Traffic traffic, List<DeviceWork> works)
            throws NoPipelineException {
        long ends = count(group, links, 1);
        long between = count(group, links, 2);
        if (group.size() > 2 && ends + between < group.size()) {
            return List.of(ordered(StageOrder.of(group, links, traffic, works), traffic));
        }
        if (ends == 0) {
            try {
                return List.of(ordered(StageOrder.of(group, links, traffic, works), traffic));
            } catch (NoPipelineException e) {
                return chains(cut(group, links), true, traffic);
            }
        }
        return chains(walk(firstEnd(group, links), group.size(), links, -1), false, traffic);
    }

    private static List<StageChain> chains(List<Integer> order, boolean ring, Traffic traffic)
            throws NoPipelineException {
        List<StageChain> chains = new ArrayList<>(oriented(order, ring, traffic));
        if (order.size() == 2 && (chains.isEmpty() || chains.get(0).returns())) {
            chains.add(0, new StageChain(fromEarlier(order, traffic), true, true, ONE_WAY));
        }
        if (order.size() == 2 && chains.size() > 1) {
            chains.add(new StageChain(fromMore(order, traffic), true, false, EITHER_WAY));
        }
        if (chains.isEmpty()) {
            throw new NoPipelineException(
                    "transfers go both ways without one following from the other: neither end of the"
                            + " chain sends only after it has received");
        }
        return chains;
    }

    private static long count(List<Integer> group, Links links, int neighbours) {
        return group.stream()
                .filter(device -> links.neighbours(device).size() == neighbours)
                .count();
    }

    /** A chain whose order is known, with what is sent past neighbours left out; where nothing else comes back, tokens may. */
    private static StageChain ordered(List<Integer> order, Traffic traffic) {
        List<Integer> reversed = new ArrayList<>(order);
        Collections.reverse(reversed);
        boolean returns = alongside(reversed, traffic) > 0;
        return returns
                ? new StageChain(order, false, true, 1 - contradictions(order, traffic))
                : new StageChain(order, isFedBack(order, traffic), false, ONE_WAY);
    }

    /** However seldom: a run with few tokens more than are in flight at once feeds few back. */
    private static boolean isFedBack(List<Integer> order, Traffic traffic) {
        int first = order.get(0);
        int last = order.get(order.size() - 1);
        return traffic.sends(last, first).length > 0 && traffic.sends(first, last).length == 0;
    }

    /** Of two devices the first one sends first. */
    private static List<Integer> fromEarlier(List<Integer> order, Traffic traffic) {
        List<Integer> reversed = new ArrayList<>(order);
        Collections.reverse(reversed);
        return firstNs(order, traffic) <= firstNs(reversed, traffic) ? order : reversed;
    }

    private static long firstNs(List<Integer> order, Traffic traffic) {
        int[] sends = traffic.sends(order.get(0), order.get(1));
        return sends.length == 0 ? Long.MAX_VALUE : traffic.operations().startNs(sends[0]);
    }

    /** Of two devices the first one sends more: what comes back starts something new. */
    private static List<Integer> fromMore(List<Integer> order, Traffic traffic) {
        List<Integer> reversed = new ArrayList<>(order);
        Collections.reverse(reversed);
        return alongside(order, traffic) >= alongside(reversed, traffic) ? order : reversed;
    }

    private static int firstEnd(List<Integer> group, Links links) {
        return group.stream()
                .filter(device -> links.neighbours(device).size() == 1)
                .findFirst()
                .orElseThrow();
    }

    /** A ring is opened at the link with the fewest transfers: what leaves the last chunk goes no further. */
    private static List<Integer> cut(List<Integer> group, Links links) throws NoPipelineException {
        List<Integer> ring = walk(group.get(0), group.size(), links, -1);
        int weakest = 0;
        long fewest = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < ring.size(); i++) {
            long count = links.both(ring.get(i), ring.get((i + 1) % ring.size()));
            if (count < fewest) {
                fewest = count;
                weakest = i;
            }
            most = Math.max(most, count);
        }
        if (fewest == most) {
            throw new NoPipelineException("transfers go round a ring on which every device sends alike, as context and"
                    + " sequence parallelism do");
        }
        Collections.rotate(ring, -(weakest + 1));
        return ring;
    }

    private static List<Integer> walk(int first, int size, Links links, int from) {
        List<Integer> path = new ArrayList<>();
        int before = from;
        int at = first;
        while (path.size() < size && !path.contains(at)) {
            path.add(at);
            int next = -1;
            for (int neighbour : links.neighbours(at)) {
                next = neighbour != before && next < 0 ? neighbour : next;
            }
            before = at;
            at = next < 0 ? at : next;
        }
        return path;
    }

    /** Where transfers go one way that is forward; else at the last stage a gradient leaves after its activation came. */
    private static List<StageChain> oriented(List<Integer> order, boolean ring, Traffic traffic) {
        List<Integer> reversed = new ArrayList<>(order);
        Collections.reverse(reversed);
        if (alongside(reversed, traffic) == 0) {
            return List.of(new StageChain(order, ring, false, ONE_WAY));
        }
        if (alongside(order, traffic) == 0) {
            return List.of(new StageChain(reversed, ring, false, ONE_WAY));
        }
        double wrong = contradictions(order, traffic);
        double wrongReversed = contradictions(reversed, traffic);
        if (Math.min(wrong, wrongReversed) > MOST_CONTRADICTIONS) {
            return List.of();
        }
        boolean either = Math.max(wrong, wrongReversed) <= MOST_CONTRADICTIONS;
        StageChain forth = new StageChain(order, ring, true, either ? EITHER_WAY : 1 - wrong);
        StageChain back = new StageChain(reversed, ring, true, either ? EITHER_WAY : 1 - wrongReversed);
        return either ? List.of(forth, back) : List.of(wrong < wrongReversed ? forth : back);
    }

    private static long alongside(List<Integer> order, Traffic traffic) {
        long count = 0;
        for (int i = 0; i + 1 < order.size(); i++) {
            count += traffic.sends(order.get(i), order.get(i + 1)).length;
        }
        return count;
    }

    /** The share of the last device's sends that began before the receive of the same number had ended. */
    private static double contradictions(List<Integer> order, Traffic traffic) {
        int last = order.get(order.size() - 1);
        int before = order.get(order.size() - 2);
        int[] back = traffic.sends(last, before);
        int[] forth = traffic.sends(before, last);
        int wrong = 0;
        int compared = Math.min(back.length, forth.length);
        for (int k = 0; k < compared; k++) {
            int receive = traffic.operations().peer(forth[k]);
            wrong += traffic.operations().endNs(receive) > traffic.operations().startNs(back[k]) ? 1 : 0;
        }
        return compared == 0 ? 1 : (double) wrong / compared;
    }
}
