package io.github.bubbletrace.pipeline.unlabelled.work;

import io.github.bubbletrace.trace.IntColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a device runs between its sends: the names of the kernels before each send as a word, of which there are few. Words
 * before sends of forwards and of backwards are different ones. Immutable.
 */
public final class GroupWords {

    private final DeviceWork work;
    private final SendGroups groups;
    private final int[] number;
    private final List<int[]> words = new ArrayList<>();
    private final IntColumn example = new IntColumn();
    private final int[] count;

    /** The words of {@code groups}. */
    public GroupWords(DeviceWork work, SendGroups groups) {
        this.work = work;
        this.groups = groups;
        number = new int[groups.size()];
        List<Map<List<Integer>, Integer>> numbers = List.of(new HashMap<>(), new HashMap<>());
        for (int g = 0; g < number.length; g++) {
            int[] names = names(g);
            int next = words.size();
            number[g] = numbers.get(groups.isForward(g) ? 1 : 0)
                    .computeIfAbsent(Arrays.stream(names).boxed().toList(), word -> next);
            if (number[g] == next) {
                words.add(names);
                example.add(g);
            }
        }
        count = new int[words.size()];
        Arrays.stream(number).forEach(word -> count[word]++);
    }

    /** The names of a group's kernels; of the tail where {@code group} is the number of groups. */
    public int[] names(int group) {
        return IntStream.range(groups.start(group), groups.end(group))
                .map(work::name)
                .toArray();
    }

    /** The groups that they stand for. */
    public SendGroups groups() {
        return groups;
    }

    /** How many different words there are. */
    public int size() {
        return words.size();
    }

    /** The number of a group's word. */
    public int of(int group) {
        return number[group];
    }

    /** The names of a word. */
    public int[] word(int number) {
        return words.get(number);
    }

    /** Whether groups of a word end with a forward. */
    public boolean isForward(int number) {
        return groups.isForward(example.get(number));
    }

    /** How many groups have a word. */
    public int count(int number) {
        return count[number];
    }

    /** The first group that ends with a backward; the number of groups where none does. */
    public int firstBackward() {
        int first = 0;
        while (first < groups.size() && groups.isForward(first)) {
            first++;
        }
        return first;
    }

    /** Whether one word is the end of another and shorter. */
    public boolean endsWith(int number, int end) {
        int[] names = words.get(number);
        int[] last = words.get(end);
        return last.length < names.length
                && Arrays.equals(names, names.length - last.length, names.length, last, 0, last.length);
    }

    /**
     * The words of groups of one direction that are one task each, if that holds for most: all but those that end with
     * another of them and are seldom.
     *
     * @param until the group before which they stand
     * @param tasks how often a task of one chunk runs
     */
    public Set<Integer> alone(boolean forward, int until, int tasks) {
        TreeSet<Integer> all = new TreeSet<>();
        for (int g = 0; g < until; g++) {
            if (groups.isForward(g) == forward && groups.length(g) > 0) {
                all.add(number[g]);
            }
        }
        TreeSet<Integer> alone = new TreeSet<>(all);
        alone.removeIf(word -> 2 * count[word] <= tasks && all.stream().anyMatch(other -> endsWith(word, other)));
        return alone;
    }
}
