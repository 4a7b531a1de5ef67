package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.List;

/**
 * Links between the two ends of a chain, which stages in perfect step hide. What the last stage sends to the first ends with
 * transfers of all other pairs; then each of the two may as well exchange with its other neighbour, as each of those may
 * with its own, and so on round the ring. But what goes forth on a ring comes back as a gradient; and a chain without the
 * link leaves sends over at some moments, however the others are joined.
 */
final class RingLinks {

    /** A link that carries less than this share of all transfers is no part of the shape. */
    private static final double STRAY = 0.02;

    private static final int FEWEST_DEVICES = 3;

    private final Operations operations;
    private final EndGroups groups;
    private final boolean[][] sends;

    private RingLinks(Operations operations, EndGroups groups, boolean[][] sends) {
        this.operations = operations;
        this.groups = groups;
        this.sends = sends;
    }

    /**
     * The links with those that close a ring.
     *
     * @param groups operations that end together
     * @param sends whether each device, the first index, sends to each other one
     */
    static boolean[][] closed(Operations operations, EndGroups groups, boolean[][] sends) {
        boolean[][] closed = new boolean[sends.length][];
        for (int device = 0; device < sends.length; device++) {
            closed[device] = sends[device].clone();
        }
        RingLinks links = new RingLinks(operations, groups, closed);
        boolean[] seen = new boolean[sends.length];
        for (int device = 0; device < sends.length; device++) {
            List<Integer> joined = links.joined(device, seen);
            if (joined.size() >= FEWEST_DEVICES) {
                links.close(joined);
            }
        }
        return closed;
    }

    /** The devices that transfers join to one, itself among them, that were not seen before. */
    private List<Integer> joined(int device, boolean[] seen) {
        List<Integer> joined = new ArrayList<>();
        if (!seen[device]) {
            seen[device] = true;
            joined.add(device);
        }
        for (int i = 0; i < joined.size(); i++) {
            for (int other : neighbours(joined.get(i))) {
                if (!seen[other]) {
                    seen[other] = true;
                    joined.add(other);
                }
            }
        }
        return joined;
    }

    private List<Integer> neighbours(int device) {
        List<Integer> neighbours = new ArrayList<>();
        for (int other = 0; other < sends.length; other++) {
            if (sends[device][other] || sends[other][device]) {
                neighbours.add(other);
            }
        }
        return neighbours;
    }

    private void close(List<Integer> devices) {
        List<Integer> ends = new ArrayList<>();
        List<int[]> oneWay = new ArrayList<>();
        for (int device : devices) {
            List<Integer> neighbours = neighbours(device);
            if (neighbours.size() > 2) {
                return;
            }
            if (neighbours.size() == 1) {
                ends.add(device);
            }
            for (int other : neighbours) {
                if (!sends[other][device]) {
                    oneWay.add(new int[] {other, device});
                }
            }
        }
        if (ends.isEmpty() && oneWay.size() == 1) {
            sends[oneWay.get(0)[0]][oneWay.get(0)[1]] = true;
        } else if (ends.size() == 2 && oneWay.isEmpty()) {
            join(devices, ends.get(0), ends.get(1));
        }
    }

    /** Joins the ends of a chain where nothing is left over then, and much was. */
    private void join(List<Integer> devices, int first, int last) {
        WholeMoments moments = new WholeMoments(operations, groups, devices);
        if (!moments.sayWhatTheyDo() || 2 * moments.leftOver(sends) <= STRAY * moments.size()) {
            return;
        }
        sends[first][last] = true;
        sends[last][first] = true;
        boolean isWhole = moments.leftOver(sends) == 0;
        sends[first][last] = isWhole;
        sends[last][first] = isWhole;
    }
}
