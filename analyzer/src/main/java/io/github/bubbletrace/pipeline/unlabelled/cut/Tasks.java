package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Tasks of one device and phase in their order, as kernels from one up to another. */
public final class Tasks {

    private final IntColumn first = new IntColumn();
    private final IntColumn end = new IntColumn();
    private final IntColumn send = new IntColumn();

    /** Adds a task of the kernels from {@code firstKernel} to before {@code endKernel}; {@code operation} is its send, or {@code Operations.NONE}. */
    public void add(int firstKernel, int endKernel, int operation) {
        first.add(firstKernel);
        end.add(endKernel);
        send.add(operation);
    }

    /** How many there are. */
    public int size() {
        return first.size();
    }

    /** Its first kernel. */
    public int first(int task) {
        return first.get(task);
    }

    /** The kernel after its last one. */
    public int end(int task) {
        return end.get(task);
    }

    /** The operation that sends its output, or {@link Operations#NONE}. */
    public int send(int task) {
        return send.get(task);
    }

    /** These and others, in the order of their kernels. */
    Tasks merged(Tasks others) {
        Tasks merged = new Tasks();
        int o = 0;
        for (int t = 0; t <= size(); t++) {
            while (o < others.size() && (t == size() || others.first(o) < first(t))) {
                merged.add(others.first(o), others.end(o), others.send(o));
                o++;
            }
            if (t < size()) {
                merged.add(first(t), end(t), send(t));
            }
        }
        return merged;
    }

    /** The receives of what they send, in the order in which those end. */
    int[] receives(Operations operations) {
        IntStream sends = IntStream.range(0, size()).map(this::send).filter(send -> send != Operations.NONE);
        return operations.byEnd(sends.map(operations::peer));
    }

    /** How many of them send something. */
    public long sends() {
        return IntStream.range(0, size())
                .filter(t -> send(t) != Operations.NONE)
                .count();
    }

    /** How many kernels the middle one of them has; 0 where there is none. */
    int usualLength() {
        int[] lengths =
                IntStream.range(0, size()).map(t -> end(t) - first(t)).sorted().toArray();
        return lengths.length == 0 ? 0 : lengths[lengths.length / 2];
    }

    /** The share of the tasks that run the commonest programme: kernels of the same names in the same order. */
    public double likeness(DeviceWork work) {
        int most = programmes(work).values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return (double) most / Math.max(1, size());
    }

    /** The share of the tasks on {@code work} that run a programme of {@code others}, as far as those run it as often. */
    public double overlap(DeviceWork work, Tasks others, DeviceWork othersWork) {
        Map<Integer, Integer> own = programmes(work);
        return others.programmes(othersWork).entrySet().stream()
                .mapToDouble(other -> Math.min(
                        (double) other.getValue() / others.size(),
                        (double) own.getOrDefault(other.getKey(), 0) / Math.max(1, size())))
                .sum();
    }

    /** The names of their kernels. */
    public Set<Integer> names(DeviceWork work) {
        Set<Integer> names = new HashSet<>();
        for (int t = 0; t < size(); t++) {
            for (int kernel = first(t); kernel < end(t); kernel++) {
                names.add(work.name(kernel));
            }
        }
        return names;
    }

    /** The programmes that at least {@code share} of them run, longest first. */
    public List<int[]> usualProgrammes(DeviceWork work, double share) {
        Map<Integer, Integer> counts = programmes(work);
        Map<Integer, Integer> example = new HashMap<>();
        for (int t = 0; t < size(); t++) {
            int programme = programme(work, t);
            if (counts.get(programme) >= share * size()) {
                example.putIfAbsent(programme, t);
            }
        }
        return example.values().stream()
                .map(t -> IntStream.range(first(t), end(t)).map(work::name).toArray())
                .sorted(Comparator.<int[]>comparingInt(names -> names.length)
                        .reversed()
                        .thenComparing(Arrays::compare))
                .toList();
    }

    /** How many run each programme. */
    private Map<Integer, Integer> programmes(DeviceWork work) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int t = 0; t < size(); t++) {
            counts.merge(programme(work, t), 1, Integer::sum);
        }
        return counts;
    }

    private int programme(DeviceWork work, int task) {
        int programme = 1;
        for (int kernel = first(task); kernel < end(task); kernel++) {
            programme = 31 * programme + work.name(kernel);
        }
        return programme;
    }
}
