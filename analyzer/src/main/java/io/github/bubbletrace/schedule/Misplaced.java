package io.github.bubbletrace.schedule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far a recorded order is from a generated one: the fewest actions that have to be taken out of the recorded order so
 * that the rest stands in the generated one. Unlike a comparison position by position it does not charge everything behind
 * one moved action; unlike counted inversions it charges an action that moved far no more than one that moved a little.
 */
final class Misplaced {

    private Misplaced() {}

    /**
     * The misplaced actions of one device; those that only one of the orders has are misplaced too.
     *
     * @param joined actions that run side by side with the one before them: they share its place
     */
    static int count(List<Action> recorded, List<Action> generated, Set<Action> joined) {
        Map<Action, Integer> place = new HashMap<>();
        for (int i = 0; i < generated.size(); i++) {
            boolean beside = joined.contains(generated.get(i));
            place.put(generated.get(i), beside ? place.get(generated.get(i - 1)) : Integer.valueOf(i));
        }
        int[] tails = new int[recorded.size()];
        int length = 0;
        for (Action action : recorded) {
            Integer at = place.get(action);
            if (at != null) {
                length = Math.max(length, extend(tails, length, at));
            }
        }
        return Math.max(recorded.size(), generated.size()) - length;
    }

    /**
     * Patience sorting's step: {@code tails[k]} is the smallest end of a subsequence of k + 1 that never falls.
     *
     * @return the length of the longest such subsequence that ends here
     */
    private static int extend(int[] tails, int length, int at) {
        int found = Arrays.binarySearch(tails, 0, length, at);
        int k = found >= 0 ? found : -found - 1;
        while (k < length && tails[k] == at) {
            k++;
        }
        tails[k] = at;
        return k + 1;
    }
}
