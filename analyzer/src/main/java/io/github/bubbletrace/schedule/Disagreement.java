package io.github.bubbletrace.schedule;

import java.util.List;
import java.util.Set;

/** Words for where a recorded order first leaves a kind's. */
final class Disagreement {

    private Disagreement() {}

    /**
     * As {@code rank 2, position 5: recorded 2B1, 1f1b has 2F3}, positions counted from 0, of the first iteration with one;
     * null where there is none.
     */
    static String first(List<Integer> ranks, List<RecordedIteration> iterations, Candidate candidate) {
        for (int i = 0; i < iterations.size(); i++) {
            String found = first(
                    ranks,
                    iterations.get(i),
                    candidate.nearest().get(i),
                    candidate.kind().key());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The same for one iteration and the orders that {@code name} has. */
    static String first(List<Integer> ranks, RecordedIteration iteration, Expected wanted, String name) {
        for (int device = 0; device < ranks.size(); device++) {
            List<Action> recorded = iteration.orders().get(device);
            List<Action> expected = wanted.orders().get(device);
            int position = firstDifference(recorded, expected, wanted.joined());
            if (position >= 0) {
                return "rank " + ranks.get(device) + ", position " + position + ": recorded " + at(recorded, position)
                        + ", " + name + " has " + at(expected, position);
            }
        }
        return null;
    }

    private static int firstDifference(List<Action> recorded, List<Action> expected, Set<Action> joined) {
        int common = Math.min(recorded.size(), expected.size());
        for (int i = 0; i < common; i++) {
            if (!recorded.get(i).equals(expected.get(i))) {
                if (!isPairTheOtherWayRound(recorded, expected, joined, i)) {
                    return i;
                }
                i++;
            }
        }
        return recorded.size() == expected.size() ? -1 : common;
    }

    private static boolean isPairTheOtherWayRound(
            List<Action> recorded, List<Action> expected, Set<Action> joined, int at) {
        return at + 1 < Math.min(recorded.size(), expected.size())
                && joined.contains(expected.get(at + 1))
                && recorded.get(at).equals(expected.get(at + 1))
                && recorded.get(at + 1).equals(expected.get(at));
    }

    private static String at(List<Action> order, int position) {
        return position < order.size() ? order.get(position).toString() : "nothing";
    }
}
