package io.github.bubbletrace.schedule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a recorded order is from a generated one: the fewest actions that have to be taken out of the recorded order so
 * that the rest stands in the generated one. Unlike a comparison position by position it does not charge everything behind
 * one moved action; unlike counted inversions it charges an action that moved far no more than one that moved a little.
 */
final class Misplaced {

    private Misplaced() {}

    /** The misplaced actions of one device; those that the generated order does not have are misplaced too. */
    static int count(List<Action> recorded, List<Action> generated) {
        Map<Action, Integer> place = new HashMap<>();
        for (int i = 0; i < generated.size(); i++) {
            place.put(generated.get(i), i);
        }
        int[] tails = new int[recorded.size()];
        int length = 0;
        for (Action action : recorded) {
            Integer at = place.get(action);
            if (at != null) {
                length = Math.max(length, extend(tails, length, at));
            }
        }
        return recorded.size() - length;
    }

    /**
     * Patience sorting's step: {@code tails[k]} is the smallest end of an increasing subsequence of k + 1.
     *
     * @return the length of the longest increasing subsequence that ends here
     */
    private static int extend(int[] tails, int length, int at) {
        int found = Arrays.binarySearch(tails, 0, length, at);
        int k = found >= 0 ? found : -found - 1;
        tails[k] = at;
        return k + 1;
    }
}
