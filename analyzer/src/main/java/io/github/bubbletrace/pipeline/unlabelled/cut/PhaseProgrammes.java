package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The programmes of forwards, backwards and weight gradients: names of kernels in their order, the same on all stages. What
 * is sent first is a forward's output; backwards are the shortest other programmes that end with something sent, one whole
 * and one without weight gradients where only some are split; what is left between them is a weight gradient.
 */
final class PhaseProgrammes {

    /**
     * The programme of a phase.
     *
     * @param isSplit whether it is a backward whose weight gradient is a task of its own
     */
    record Programme(Phase phase, List<Integer> names, boolean isSplit) {

        int length() {
            return names.size();
        }

        boolean isAt(int[] all, int from) {
            if (from < 0 || from + length() > all.length) {
                return false;
            }
            for (int i = 0; i < length(); i++) {
                if (all[from + i] != names.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final String OPEN =
            "outputs of forwards and of backwards go the same way, and the names of kernels do"
                    + " not tell the two, and weight gradients, from each other";

    /** A programme of a phase makes up at least this share of what is between sends. */
    private static final double FREQUENT = 0.01;

    private List<Programme> programmes = new ArrayList<>();

    /**
     * Learns the programmes.
     *
     * @param first what the first stage ran before it first sent
     * @param groups what ran between sends
     * @param tails what ran after the last send of each device: looked at where nothing else shows a weight gradient
     */
    static PhaseProgrammes of(int[] first, List<int[]> groups, List<int[]> tails) throws NoPipelineException {
        PhaseProgrammes found = new PhaseProgrammes();
        found.add(Phase.F, first);
        found.addBackward(groups);
        found.addBackward(groups);
        int[] weight = shortest(found.rests(groups), groups.size());
        found.add(Phase.W, weight.length > 0 ? weight : shortest(found.rests(tails), tails.size()));
        found.requireDistinct();
        found.tellSplit();
        return found;
    }

    /** The programme that stands at a place of {@code names}, or null. */
    Programme at(int[] names, int from) {
        return programmes.stream()
                .filter(programme -> programme.isAt(names, from))
                .findFirst()
                .orElse(null);
    }

    /** Whether some backwards are split and others are whole. */
    boolean isPartlySplit() {
        return programmes.stream()
                        .filter(programme -> programme.phase() == Phase.B)
                        .count()
                > 1;
    }

    private void add(Phase phase, int[] names) {
        if (names.length > 0) {
            programmes.add(new Programme(phase, Arrays.stream(names).boxed().toList(), false));
        }
    }

    private void addBackward(List<int[]> groups) {
        List<int[]> ends = groups.stream()
                .map(group -> Arrays.copyOfRange(group, prefix(group), group.length))
                .filter(rest -> rest.length > 0 && end(rest) == null)
                .toList();
        add(Phase.B, shortest(ends, groups.size()));
    }

    private int prefix(int[] names) {
        int from = 0;
        for (Programme programme = at(names, 0); programme != null; programme = at(names, from)) {
            from += programme.length();
        }
        return from;
    }

    /** The longest programme with which something ends, or null. */
    private Programme end(int[] names) {
        return programmes.stream()
                .filter(programme -> programme.isAt(names, names.length - programme.length()))
                .max(Comparator.comparingInt(Programme::length))
                .orElse(null);
    }

    private List<int[]> rests(List<int[]> groups) {
        return groups.stream().map(this::rest).filter(rest -> rest.length > 0).toList();
    }

    /** What is left of a group without known programmes at its beginning and its end. */
    private int[] rest(int[] names) {
        int[] rest = Arrays.copyOfRange(names, prefix(names), names.length);
        for (Programme programme = end(rest); programme != null; programme = end(rest)) {
            rest = Arrays.copyOf(rest, rest.length - programme.length());
        }
        return rest;
    }

    /** The shortest of the programmes that are no accident; empty where there is none. */
    private static int[] shortest(List<int[]> found, int groups) {
        List<int[]> sorted = new ArrayList<>(found);
        sorted.sort(
                Comparator.<int[]>comparingInt(programme -> programme.length).thenComparing(Arrays::compare));
        int same = 0;
        for (int i = 0; i < sorted.size(); i++) {
            same = i > 0 && Arrays.equals(sorted.get(i), sorted.get(i - 1)) ? same + 1 : 1;
            if (same > FREQUENT * groups) {
                return sorted.get(i);
            }
        }
        return new int[0];
    }

    private void requireDistinct() throws NoPipelineException {
        boolean open = programmes.stream().map(Programme::phase).distinct().count() < 2
                || programmes.get(0).phase() != Phase.F
                || programmes.stream().noneMatch(programme -> programme.phase() == Phase.B);
        for (Programme one : programmes) {
            int[] names = one.names().stream().mapToInt(Integer::intValue).toArray();
            open |= programmes.stream().filter(other -> other.isAt(names, 0)).count() > 1;
        }
        if (open) {
            throw new NoPipelineException(OPEN);
        }
    }

    /** Of two programmes of backwards the whole one has more of the kernels that weight gradients have and forwards have not. */
    private void tellSplit() throws NoPipelineException {
        Set<Integer> weight = programmes.stream()
                .filter(programme -> programme.phase() == Phase.W)
                .flatMap(programme -> programme.names().stream())
                .filter(name -> !programmes.get(0).names().contains(name))
                .collect(Collectors.toSet());
        List<Long> common = programmes.stream()
                .filter(programme -> programme.phase() == Phase.B)
                .map(programme -> programme.names().stream()
                        .distinct()
                        .filter(weight::contains)
                        .count())
                .sorted()
                .toList();
        if (common.size() == 2 && common.get(0).equals(common.get(1))) {
            throw new NoPipelineException(OPEN);
        }
        long split = common.get(0);
        programmes = programmes.stream()
                .map(programme -> new Programme(
                        programme.phase(),
                        programme.names(),
                        programme.phase() == Phase.B
                                && programmes.stream().anyMatch(other -> other.phase() == Phase.W)
                                && programme.names().stream()
                                                .distinct()
                                                .filter(weight::contains)
                                                .count()
                                        == split))
                .toList();
    }
}
