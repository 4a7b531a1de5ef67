package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.GroupWords;
import io.github.bubbletrace.pipeline.unlabelled.work.KernelCounts;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.SendGroups;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The programme of tasks that send nothing, where they lie before tasks that do and those show alone elsewhere: what is left
 * of a group without the task that it ends with is one such programme or several. Of those that come out as often as such
 * tasks are expected the one counts that leaves the fewest kernels over.
 */
final class SilentProgramme {

    /** More kernels than this share of a device's are in no task where its groups were read wrongly. */
    private static final double MOST_UNEXPLAINED = 0.1;

    private final GroupWords words;
    private final Set<Integer> alone;
    private final Phase phase;
    private final int tasks;

    /** How a programme of silent tasks makes a word: how many of them, what it ends with, and what is left in between. */
    private record Reading(int silent, int sending, int left) {}

    /**
     * Prepares the search.
     *
     * @param alone words that are one task each
     * @param phase what tasks send nothing
     * @param tasks how many of those there are
     */
    SilentProgramme(GroupWords words, Set<Integer> alone, Phase phase, int tasks) {
        this.words = words;
        this.alone = Set.copyOf(alone);
        this.phase = phase;
        this.tasks = tasks;
    }

    /** The tasks of the device; empty where no programme explains it, or two do as well. */
    Optional<Cut> cut() {
        Optional<Cut> best = Optional.empty();
        boolean isOpen = false;
        for (int[] programme : candidates().values()) {
            List<Reading> longest = readings(programme, true);
            List<Reading> shortest = readings(programme, false);
            for (List<Reading> readings : longest.equals(shortest) ? List.of(longest) : List.of(longest, shortest)) {
                Optional<Cut> found = cut(programme, readings);
                if (found.isPresent()) {
                    int order = best.isEmpty() ? -1 : Integer.compare(misfit(found.get()), misfit(best.get()));
                    isOpen = order == 0 || (order > 0 && isOpen);
                    best = order < 0 ? found : best;
                }
            }
        }
        return isOpen ? Optional.empty() : best;
    }

    private int misfit(Cut cut) {
        int kernels = words.groups().end(words.groups().size());
        return Math.abs(silent(cut) - tasks) * (kernels + 1) + cut.unexplained();
    }

    /** How many tasks send nothing. */
    private int silent(Cut cut) {
        Tasks all = cut.tasks(phase);
        return all.size() - (int) all.sends();
    }

    /** What the rests of words, and the tail, are made of. */
    private Map<String, int[]> candidates() {
        Map<String, int[]> byNames = new TreeMap<>();
        for (int word = 0; word < words.size(); word++) {
            for (int end : alone) {
                if (!alone.contains(word) && mayEnd(word, end)) {
                    int rest = words.word(word).length - words.word(end).length;
                    addParts(byNames, Arrays.copyOf(words.word(word), rest));
                }
            }
        }
        if (phase == Phase.B) {
            addBeginnings(byNames, words.names(words.groups().size()));
        }
        return byNames;
    }

    private boolean mayEnd(int word, int end) {
        return words.isForward(word) == words.isForward(end) && words.endsWith(word, end);
    }

    private static void addParts(Map<String, int[]> found, int[] rest) {
        for (int length = 1; length <= rest.length; length++) {
            if (rest.length % length == 0
                    && repeats(rest, rest.length, Arrays.copyOf(rest, length)) * length == rest.length) {
                add(found, Arrays.copyOf(rest, length));
            }
        }
    }

    /** The tail may go on with other kernels. */
    private void addBeginnings(Map<String, int[]> found, int[] tail) {
        for (int length = 1; length <= tail.length; length++) {
            int[] programme = Arrays.copyOf(tail, length);
            int times = repeats(tail, tail.length, programme);
            if (times > 1 || tasks == 1) {
                add(found, programme);
            }
        }
    }

    private static void add(Map<String, int[]> found, int[] programme) {
        found.putIfAbsent(Arrays.toString(programme), programme);
    }

    /** How often a programme stands at the beginning, one after another, up to a place. */
    private static int repeats(int[] names, int to, int[] programme) {
        int times = 0;
        for (int at = 0;
                at + programme.length <= to
                        && Arrays.equals(names, at, at + programme.length, programme, 0, programme.length);
                at += programme.length) {
            times++;
        }
        return times;
    }

    /**
     * How one programme makes each word; none where it leaves a word without a task.
     *
     * @param isLongest whether of several tasks that a word may end with it is the longest
     */
    private List<Reading> readings(int[] programme, boolean isLongest) {
        List<Reading> readings = new ArrayList<>();
        for (int word = 0; word < words.size(); word++) {
            Reading reading = reading(word, programme, isLongest);
            if (reading == null) {
                return List.of();
            }
            readings.add(reading);
        }
        return readings;
    }

    private Reading reading(int word, int[] programme, boolean isLongest) {
        int[] names = words.word(word);
        if (alone.contains(word)) {
            return new Reading(0, names.length, 0);
        }
        Reading best = null;
        for (int end : alone) {
            if (mayEnd(word, end)) {
                int sending = words.word(end).length;
                int silent = repeats(names, names.length - sending, programme);
                int left = names.length - sending - silent * programme.length;
                boolean isBetter = best == null
                        || left < best.left()
                        || (left == best.left() && isLongest == sending > best.sending());
                best = isBetter ? new Reading(silent, sending, left) : best;
            }
        }
        return best;
    }

    /** The cut that readings make; empty where there are none, or too few or too many tasks. */
    private Optional<Cut> cut(int[] programme, List<Reading> readings) {
        if (readings.isEmpty()) {
            return Optional.empty();
        }
        SendGroups groups = words.groups();
        Cut cut = new Cut(new Tasks(), new Tasks(), new Tasks(), 0, false);
        int left = 0;
        for (int g = 0; g < groups.size(); g++) {
            Reading reading = readings.get(words.of(g));
            addSilent(cut, groups.start(g), reading.silent(), programme.length);
            cut.tasks(groups.isForward(g) ? Phase.F : Phase.B)
                    .add(groups.end(g) - reading.sending(), groups.end(g), groups.send(g));
            left += reading.left();
        }
        int tail = groups.length(groups.size());
        int silent = phase == Phase.B ? repeats(words.names(groups.size()), tail, programme) : 0;
        addSilent(cut, groups.start(groups.size()), silent, programme.length);
        left += tail - silent * programme.length;
        boolean fits = Math.abs(silent(cut) - tasks) <= KernelCounts.CUT_OFF + tasks / 50
                && left <= MOST_UNEXPLAINED * groups.end(groups.size());
        return fits ? Optional.of(new Cut(cut.forward(), cut.backward(), cut.weight(), left, false)) : Optional.empty();
    }

    private void addSilent(Cut cut, int first, int times, int length) {
        for (int i = 0; i < times; i++) {
            cut.tasks(phase).add(first + i * length, first + (i + 1) * length, Operations.NONE);
        }
    }
}
