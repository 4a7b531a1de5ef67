package io.github.bubbletrace.pipeline.unlabelled.work;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many kernels each kind of task of one device has: the same programme launches as many for every micro-batch. Of all
 * numbers that groups suggest those are taken that explain most groups.
 *
 * @param forward kernels of a forward whose output is sent
 * @param backward kernels of a backward whose output is sent
 * @param silent kernels of a task that sends nothing; 0 where there is none
 */
public record KernelCounts(int forward, int backward, int silent) {

    private static final int FREQUENT = 4;
    private static final int SMALLEST = 3;

    /** How far the number of silent tasks may be from that of their receives: captures cut tasks off. */
    public static final int CUT_OFF = 2;

    /**
     * The counts that explain most groups, or null where a silent task never shows apart from those with a send.
     *
     * @param silentTasks how many tasks send nothing
     */
    public static KernelCounts of(SendGroups groups, int silentTasks) {
        KernelCounts best = null;
        int explained = -1;
        for (int forward : candidates(groups, true)) {
            for (int backward : candidates(groups, false)) {
                for (int silent : silentCandidates(groups, forward, backward, silentTasks)) {
                    KernelCounts counts = new KernelCounts(forward, backward, silent);
                    int score = counts.explained(groups, silentTasks);
                    if (score > explained) {
                        explained = score;
                        best = counts;
                    }
                }
            }
        }
        return best;
    }

    /** How many silent tasks a group holds. */
    public int silentTasks(SendGroups groups, int group) {
        int rest = rest(groups, group);
        return silent == 0 || rest < 0 ? 0 : rest / silent;
    }

    /** The kernels of a group beyond the task that it ends with. */
    int rest(SendGroups groups, int group) {
        return groups.length(group) - sending(groups, group);
    }

    /** The kernels of the task that a group ends with; none of the tail. */
    public int sending(SendGroups groups, int group) {
        return group == groups.size() ? 0 : groups.isForward(group) ? forward : backward;
    }

    /** -1 where the silent tasks are far more or fewer than they should be. */
    private int explained(SendGroups groups, int silentTasks) {
        int explained = 0;
        long found = 0;
        for (int g = 0; g <= groups.size(); g++) {
            int rest = rest(groups, g);
            explained += rest == 0 || (rest > 0 && silent > 0 && rest % silent == 0) ? 1 : 0;
            found += silentTasks(groups, g);
        }
        return Math.abs(found - silentTasks) > CUT_OFF + silentTasks / 50 ? -1 : explained;
    }

    private static TreeSet<Integer> candidates(SendGroups groups, boolean forward) {
        Map<Integer, Integer> count = new TreeMap<>();
        for (int g = 0; g < groups.size(); g++) {
            if (groups.isForward(g) == forward && groups.length(g) > 0) {
                count.merge(groups.length(g), 1, Integer::sum);
            }
        }
        return count.isEmpty() ? new TreeSet<>(List.of(0)) : likely(count);
    }

    private static TreeSet<Integer> silentCandidates(SendGroups groups, int forward, int backward, int silentTasks) {
        if (silentTasks == 0) {
            return new TreeSet<>(List.of(0));
        }
        KernelCounts counts = new KernelCounts(forward, backward, 0);
        Map<Integer, Integer> count = new TreeMap<>();
        long total = 0;
        for (int g = 0; g <= groups.size(); g++) {
            int rest = counts.rest(groups, g);
            total += Math.max(0, rest);
            if (rest > 0) {
                count.merge(rest, 1, Integer::sum);
            }
        }
        int average = (int) ((total + silentTasks / 2) / silentTasks);
        if (average > 0) {
            count.merge(average, groups.size(), Integer::sum);
        }
        return likely(count);
    }

    private static TreeSet<Integer> likely(Map<Integer, Integer> count) {
        TreeSet<Integer> likely = new TreeSet<>();
        count.keySet().stream().limit(SMALLEST).forEach(likely::add);
        count.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(FREQUENT)
                .forEach(entry -> likely.add(entry.getKey()));
        return likely;
    }
}
