package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.schedule.Phase;
import java.util.Arrays;
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
            Optional<Cut> found = cut(programme);
            if (found.isPresent()) {
                int order = best.isEmpty() ? -1 : Integer.compare(misfit(found.get()), misfit(best.get()));
                isOpen = order == 0 || (order > 0 && isOpen);
                best = order < 0 ? found : best;
            }
        }
        return isOpen ? Optional.empty() : best;
    }

    private int misfit(Cut cut) {
        int kernels = words.groups().end(words.groups().size());
        return Math.abs(silent(cut).size() - tasks) * (kernels + 1) + cut.unexplained();
    }

    private Tasks silent(Cut cut) {
        Tasks silent = new Tasks();
        Tasks all = cut.tasks(phase);
        for (int t = 0; t < all.size(); t++) {
            if (all.send(t) == Operations.NONE) {
                silent.add(all.first(t), all.end(t), Operations.NONE);
            }
        }
        return silent;
    }

    /** What the rests of words, and the tail, are made of. */
    private TreeMap<Integer, int[]> candidates() {
        TreeMap<Integer, int[]> found = new TreeMap<>(Integer::compare);
        TreeMap<String, int[]> byNames = new TreeMap<>();
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
        byNames.values().forEach(programme -> found.put(found.size(), programme));
        return found;
    }

    private boolean mayEnd(int word, int end) {
        return words.isForward(word) == words.isForward(end) && words.endsWith(word, end);
    }

    private static void addParts(TreeMap<String, int[]> found, int[] rest) {
        for (int length = 1; length <= rest.length; length++) {
            if (rest.length % length == 0 && repeats(rest, 0, rest.length, Arrays.copyOf(rest, length)) * length
                    == rest.length) {
                add(found, Arrays.copyOf(rest, length));
            }
        }
    }

    /** The tail may go on with other kernels. */
    private void addBeginnings(TreeMap<String, int[]> found, int[] tail) {
        for (int length = 1; length <= tail.length; length++) {
            int[] programme = Arrays.copyOf(tail, length);
            int times = repeats(tail, 0, tail.length, programme);
            if (times > 1 || tasks == 1) {
                add(found, programme);
            }
        }
    }

    private static void add(TreeMap<String, int[]> found, int[] programme) {
        found.putIfAbsent(Arrays.toString(programme), programme);
    }

    /** How often a programme stands one after another from a place on. */
    private static int repeats(int[] names, int from, int to, int[] programme) {
        int times = 0;
        for (int at = from;
                at + programme.length <= to
                        && Arrays.equals(names, at, at + programme.length, programme, 0, programme.length);
                at += programme.length) {
            times++;
        }
        return times;
    }

    /** The cut that one programme makes; empty where it leaves a group without a task, or makes too few or too many. */
    private Optional<Cut> cut(int[] programme) {
        SendGroups groups = words.groups();
        Reading[] readings = new Reading[words.size()];
        long found = repeats(words.names(groups.size()), 0, groups.length(groups.size()), programme);
        found = phase == Phase.B ? found : 0;
        for (int word = 0; word < readings.length; word++) {
            readings[word] = reading(word, programme);
            if (readings[word] == null) {
                return Optional.empty();
            }
            found += (long) readings[word].silent() * words.count(word);
        }
        if (Math.abs(found - tasks) > KernelCounts.CUT_OFF + tasks / 50) {
            return Optional.empty();
        }
        Cut cut = cut(programme, readings);
        return cut.unexplained() > MOST_UNEXPLAINED * groups.end(groups.size()) ? Optional.empty() : Optional.of(cut);
    }

    private Reading reading(int word, int[] programme) {
        int[] names = words.word(word);
        if (alone.contains(word)) {
            return new Reading(0, names.length, 0);
        }
        Reading best = null;
        for (int end : alone) {
            if (mayEnd(word, end)) {
                int sending = words.word(end).length;
                int silent = repeats(names, 0, names.length - sending, programme);
                int left = names.length - sending - silent * programme.length;
                boolean isBetter = best == null
                        || left < best.left()
                        || (left == best.left() && sending > best.sending());
                best = isBetter ? new Reading(silent, sending, left) : best;
            }
        }
        return best;
    }

    private Cut cut(int[] programme, Reading[] readings) {
        SendGroups groups = words.groups();
        Cut cut = new Cut(new Tasks(), new Tasks(), new Tasks(), 0, false);
        int left = 0;
        for (int g = 0; g < groups.size(); g++) {
            Reading reading = readings[words.of(g)];
            addSilent(cut, groups.start(g), reading.silent(), programme.length);
            cut.tasks(groups.isForward(g) ? Phase.F : Phase.B)
                    .add(groups.end(g) - reading.sending(), groups.end(g), groups.send(g));
            left += reading.left();
        }
        int tail = groups.length(groups.size());
        int silent = phase == Phase.B ? repeats(words.names(groups.size()), 0, tail, programme) : 0;
        addSilent(cut, groups.start(groups.size()), silent, programme.length);
        left += tail - silent * programme.length;
        return new Cut(cut.forward(), cut.backward(), cut.weight(), left, false);
    }

    private void addSilent(Cut cut, int first, int times, int length) {
        for (int i = 0; i < times; i++) {
            cut.tasks(phase).add(first + i * length, first + (i + 1) * length, Operations.NONE);
        }
    }
}
