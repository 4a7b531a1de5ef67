package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programmes of forwards, backwards and weight gradients: names of kernels in their order, the same on all stages. What
 * is sent first is a forward's output; a backward is the shortest other programme that ends with something sent; what is
 * left between both is a weight gradient. Immutable.
 */
final class PhaseWords {

    private static final String OPEN = "outputs of forwards and of backwards go the same way, and the names of kernels do"
            + " not tell the two, and weight gradients, from each other";

    /** So many of the groups at least hold a programme that is a phase's. */
    private static final double FREQUENT = 0.01;

    private final Map<Phase, int[]> words = new EnumMap<>(Phase.class);

    /** Learns from words between sends; {@code first} is what the first stage ran before it first sent. */
    static PhaseWords of(int[] first, List<int[]> groups) throws NoPipelineException {
        if (first.length == 0) {
            throw new NoPipelineException(OPEN);
        }
        PhaseWords found = new PhaseWords();
        found.words.put(Phase.F, first);
        List<int[]> ends = groups.stream()
                .map(group -> Arrays.copyOfRange(group, found.prefix(group), group.length))
                .filter(rest -> rest.length > 0 && !found.endsWith(rest))
                .toList();
        found.words.put(Phase.B, shortest(ends, groups.size()).orElseThrow(() -> new NoPipelineException(OPEN)));
        List<int[]> rests = groups.stream().map(found::rest).filter(rest -> rest.length > 0).toList();
        shortest(rests, groups.size()).ifPresent(word -> found.words.put(Phase.W, word));
        found.requireDistinct();
        return found;
    }

    /** The length of a phase's programme; 0 where there is none. */
    int length(Phase phase) {
        return words.containsKey(phase) ? words.get(phase).length : 0;
    }

    /** The phase whose programme stands at a place of {@code names}, or null. */
    Phase at(int[] names, int from) {
        for (Map.Entry<Phase, int[]> word : words.entrySet()) {
            int length = word.getValue().length;
            if (from + length <= names.length
                    && Arrays.equals(names, from, from + length, word.getValue(), 0, length)) {
                return word.getKey();
            }
        }
        return null;
    }

    private int prefix(int[] names) {
        int from = 0;
        for (Phase phase = at(names, 0); phase != null; phase = at(names, from)) {
            from += length(phase);
        }
        return from;
    }

    private boolean endsWith(int[] names) {
        return words.values().stream()
                .anyMatch(word -> word.length <= names.length
                        && Arrays.equals(names, names.length - word.length, names.length, word, 0, word.length));
    }

    /** What is left of a group without known programmes at its beginning and its end. */
    private int[] rest(int[] names) {
        int[] rest = Arrays.copyOfRange(names, prefix(names), names.length);
        while (rest.length > 0 && endsWith(rest)) {
            int[] end = rest;
            int longest = words.values().stream()
                    .filter(word -> word.length <= end.length
                            && Arrays.equals(end, end.length - word.length, end.length, word, 0, word.length))
                    .mapToInt(word -> word.length)
                    .max()
                    .orElse(end.length);
            rest = Arrays.copyOf(end, end.length - longest);
        }
        return rest;
    }

    /** The shortest of the words that are no accident. */
    private static Optional<int[]> shortest(List<int[]> found, int groups) {
        List<int[]> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.<int[]>comparingInt(word -> word.length).thenComparing(Arrays::compare));
        for (int[] word : sorted) {
            long count = sorted.stream().filter(other -> Arrays.equals(other, word)).count();
            if (count > FREQUENT * groups) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    private void requireDistinct() throws NoPipelineException {
        List<int[]> all = List.copyOf(words.values());
        for (int[] one : all) {
            for (int[] other : all) {
                boolean begins = one != other && Arrays.mismatch(one, other) == Math.min(one.length, other.length);
                if (begins || (one != other && Arrays.equals(one, other))) {
                    throw new NoPipelineException(OPEN);
                }
            }
        }
    }
}
