package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Median;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What tasks of each phase look like on stages where they show: how many kernels, which, and how long. */
final class KnownTasks {

    /** Where names explain two cuts this nearly as well, they leave the choice open. */
    private static final double OPEN = 0.5;

    /** A name that a phase never shows may yet make up so much of it. */
    private static final double RARE = 0.001;

    /** How surprising a name is at most in a phase that shows nowhere. */
    private static final double UNSEEN = 3;

    private final Map<Phase, List<Integer>> kernels = new EnumMap<>(Phase.class);
    private final Map<Phase, Map<Integer, Integer>> names = new EnumMap<>(Phase.class);
    private final List<Map<Phase, Double>> medianNs = new ArrayList<>();
    private final Map<Phase, Integer> named = new EnumMap<>(Phase.class);
    private final Map<Phase, Set<Integer>> first = new EnumMap<>(Phase.class);

    /** Adds the tasks of one stage in those phases that show on it. */
    void add(DeviceWork work, Cut cut, Phase... phases) {
        Map<Phase, Double> medians = new EnumMap<>(Phase.class);
        for (Phase phase : phases) {
            Tasks tasks = cut.tasks(phase);
            if (tasks.size() > 0) {
                add(work, tasks, phase);
                medians.put(
                        phase,
                        Median.of(IntStream.range(0, tasks.size())
                                .mapToDouble(t -> work.lastNs(tasks.first(t), tasks.end(t))
                                        - work.firstNs(tasks.first(t), tasks.end(t)))));
            }
        }
        medianNs.add(medians);
    }

    private void add(DeviceWork work, Tasks tasks, Phase phase) {
        Map<Integer, Integer> counts = names.computeIfAbsent(phase, p -> new HashMap<>());
        for (int t = 0; t < tasks.size(); t++) {
            kernels.computeIfAbsent(phase, p -> new ArrayList<>()).add(tasks.end(t) - tasks.first(t));
            first.computeIfAbsent(phase, p -> new HashSet<>()).add(work.name(tasks.first(t)));
            for (int kernel = tasks.first(t); kernel < tasks.end(t); kernel++) {
                counts.merge(work.name(kernel), 1, Integer::sum);
            }
            named.merge(phase, tasks.end(t) - tasks.first(t), Integer::sum);
        }
    }

    /** Says how many kernels a task of a phase has that shows nowhere; nothing where one does. */
    void expect(Phase phase, int count) {
        kernels.putIfAbsent(phase, new ArrayList<>(List.of(count)));
    }

    /** Kernels of a usual task; 0 where none is known. */
    int kernels(Phase phase) {
        List<Integer> sorted =
                kernels.getOrDefault(phase, List.of()).stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    /** The same with recomputations as part of the tasks of a phase, which they lie beside. */
    KnownTasks withRecomputed(Phase phase) {
        KnownTasks joint = new KnownTasks();
        kernels.forEach((known, counts) -> joint.kernels.put(known, List.copyOf(counts)));
        joint.kernels.put(phase, List.of(kernels(phase) + kernels(Phase.R)));
        names.forEach((known, counts) -> joint.names.put(known, new HashMap<>(counts)));
        Map<Integer, Integer> both = joint.names.computeIfAbsent(phase, p -> new HashMap<>());
        names.getOrDefault(Phase.R, Map.of()).forEach((name, count) -> both.merge(name, count, Integer::sum));
        joint.named.putAll(named);
        joint.named.merge(phase, named.getOrDefault(Phase.R, 0), Integer::sum);
        for (Map<Phase, Double> medians : medianNs) {
            Map<Phase, Double> added = new EnumMap<>(medians);
            added.computeIfPresent(phase, (p, ns) -> ns + medians.getOrDefault(Phase.R, 0.0));
            joint.medianNs.add(added);
        }
        return joint;
    }

    /** The share of one phase in the time of two; not a number where no stage shows both. */
    double share(Phase one, Phase other) {
        double first = 0;
        double second = 0;
        for (Map<Phase, Double> medians : medianNs) {
            if (medians.containsKey(one) && medians.containsKey(other)) {
                first += medians.get(one);
                second += medians.get(other);
            }
        }
        return first / (first + second);
    }

    /**
     * After how many of the kernels called {@code programme} a task of one phase may end and one of another begin, as far
     * as names say.
     */
    boolean[] likelySplits(int[] programme, Phase one, Phase other) {
        double[] misfit = new double[programme.length];
        double least = Double.MAX_VALUE;
        for (int kernel : programme) {
            misfit[0] += surprise(kernel, other);
        }
        for (int s = 1; s < programme.length; s++) {
            misfit[s] = misfit[s - 1] + surprise(programme[s - 1], one) - surprise(programme[s - 1], other);
            least = Math.min(least, misfit[s]);
        }
        boolean[] likely = new boolean[programme.length];
        for (int s = 1; s < programme.length; s++) {
            likely[s] = misfit[s] <= least + OPEN;
        }
        return likely;
    }

    /**
     * After how many of the kernels called {@code programme}, {@code from} at the least, tasks of one phase end and one of
     * another begins: where a kernel stands with which tasks of the other phase begin elsewhere, so that the fewest names are
     * out of place. -1 where that leaves a choice, or kernels before it have names that neither phase shows elsewhere.
     */
    int beginning(int[] programme, int from, Phase one, Phase other) {
        double misfit = 0;
        double least = Double.MAX_VALUE;
        double second = Double.MAX_VALUE;
        int best = -1;
        for (int s = 0; first.containsKey(other) && s < programme.length; s++) {
            misfit += s == 0 ? 0 : surprise(programme[s - 1], one) - surprise(programme[s - 1], other);
            if (s >= from && first.get(other).contains(programme[s])) {
                second = Math.min(second, Math.max(least, misfit));
                best = misfit < least ? s : best;
                least = Math.min(least, misfit);
            }
        }
        return second - least > OPEN && isKnownBefore(programme, best, one, other) ? best : -1;
    }

    /** Whether some task of a phase begins with a kernel of that name. */
    boolean begins(int name, Phase phase) {
        return first.getOrDefault(phase, Set.of()).contains(name);
    }

    /** Adds a programme of a phase. */
    void add(Phase phase, int[] programme) {
        Map<Integer, Integer> counts = names.computeIfAbsent(phase, p -> new HashMap<>());
        first.computeIfAbsent(phase, p -> new HashSet<>()).add(programme[0]);
        for (int name : programme) {
            counts.merge(name, 1, Integer::sum);
        }
        named.merge(phase, programme.length, Integer::sum);
    }

    /** Whether the last kernels before a place have known names, back to one that only the earlier phase has. */
    private boolean isKnownBefore(int[] programme, int place, Phase one, Phase other) {
        for (int i = place - 1; i >= 0; i--) {
            if (!isNamed(programme[i], one)) {
                return isNamed(programme[i], other);
            }
            if (!isNamed(programme[i], other)) {
                return true;
            }
        }
        return true;
    }

    /** Whether tasks of a phase have a kernel of that name. */
    boolean isNamed(int name, Phase phase) {
        return names.getOrDefault(phase, Map.of()).containsKey(name);
    }

    /** Whether the kernels of {@code tasks} are more often those of another phase than those of their own. */
    boolean contradicts(DeviceWork work, Tasks tasks, Phase own, Phase other) {
        double difference = 0;
        for (int t = 0; t < tasks.size(); t++) {
            for (int kernel = tasks.first(t); kernel < tasks.end(t); kernel++) {
                difference += surprise(work.name(kernel), own) - surprise(work.name(kernel), other);
            }
        }
        return names.containsKey(own) && names.containsKey(other) && difference > OPEN * tasks.size();
    }

    /**
     * The negative logarithm of how likely a kernel of a phase has a name. A phase that shows nowhere may have the names of
     * the others as often as they do, and more readily such as none of them has.
     */
    double surprise(int name, Phase phase) {
        if (names.containsKey(phase)) {
            return surpriseIn(name, phase);
        }
        return names.keySet().stream()
                .mapToDouble(known -> surpriseIn(name, known))
                .reduce(UNSEEN, Math::min);
    }

    private double surpriseIn(int name, Phase phase) {
        double all = named.get(phase);
        return -Math.log((names.get(phase).getOrDefault(name, 0) + RARE * all) / all);
    }
}
