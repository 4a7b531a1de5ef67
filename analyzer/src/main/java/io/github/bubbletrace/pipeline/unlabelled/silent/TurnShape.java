package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which devices exchange transfers with which, whatever way those go: chains and rings. A ring ends where it carries least. */
final class TurnShape {

    private final List<int[]> neighbours = new ArrayList<>();
    private final boolean[] isEnd;

    private TurnShape(int devices) {
        isEnd = new boolean[devices];
    }

    /** The shape of joined transfers. */
    static TurnShape of(LaunchOrder order, Operations operations) throws NoPipelineException {
        int devices = order.devices();
        long[][] count = new long[devices][devices];
        for (int device = 0; device < devices; device++) {
            for (int k = 0; k < order.size(device); k++) {
                count[device][operations.device(operations.peer(order.row(device, k)))]++;
            }
        }
        TurnShape shape = new TurnShape(devices);
        for (int device = 0; device < devices; device++) {
            long[] own = count[device];
            int[] others = IntStream.range(0, devices).filter(o -> own[o] > 0).toArray();
            if (others.length > 2) {
                throw new NoPipelineException("device " + device + " exchanges transfers with " + others.length
                        + " others, and none of them says which way it goes");
            }
            shape.neighbours.add(others);
            shape.isEnd[device] = others.length == 1;
        }
        shape.openRings(count);
        return shape;
    }

    /** The neighbours of a device, at an end the inner one first. */
    int[] neighbours(int device) {
        return neighbours.get(device).clone();
    }

    /** Which of a device's neighbours another one is. */
    int number(int device, int other) {
        return neighbours.get(device)[0] == other ? 0 : 1;
    }

    /** Whether a device is the first or the last. */
    boolean isEnd(int device) {
        return isEnd[device];
    }

    /** Whether a device and its only neighbour have no others. */
    boolean isPair(int device) {
        int[] own = neighbours.get(device);
        return own.length == 1 && neighbours.get(own[0]).length == 1;
    }

    private void openRings(long[][] count) {
        boolean[] seen = new boolean[isEnd.length];
        for (int device = 0; device < seen.length; device++) {
            List<Integer> group = group(device, seen);
            if (group.size() > 2 && group.stream().noneMatch(member -> isEnd[member])) {
                int first = group.stream()
                        .min(Comparator.comparingLong(member -> count[member][next(group, member)]))
                        .orElseThrow();
                end(first, next(group, first));
                end(next(group, first), first);
            }
        }
    }

    /** A device and all that it is joined to, along the chain where it is an end. */
    private List<Integer> group(int device, boolean[] seen) {
        List<Integer> group = new ArrayList<>();
        int at = device;
        while (at >= 0 && !seen[at]) {
            seen[at] = true;
            group.add(at);
            at = IntStream.of(neighbours.get(at))
                    .filter(other -> !seen[other])
                    .findFirst()
                    .orElse(-1);
        }
        return group;
    }

    private static int next(List<Integer> ring, int member) {
        return ring.get((ring.indexOf(member) + 1) % ring.size());
    }

    private void end(int device, int outer) {
        int[] own = neighbours.get(device);
        isEnd[device] = true;
        neighbours.set(device, new int[] {own[0] == outer ? own[1] : own[0], outer});
    }
}
