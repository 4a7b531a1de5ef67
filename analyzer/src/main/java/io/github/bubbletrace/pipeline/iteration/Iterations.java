package io.github.bubbletrace.pipeline.iteration;

import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Cuts the tasks of one replica into iterations, in this order of trust: the label's own number or a step range;
 * optimizer kernels; micro-batch numbers that start again; a flush followed by other work.
 */
public final class Iterations {

    private final IntFunction<IntervalSet> optimizerOfDevice;
    private final ImportLog log;

    /**
     * A cut.
     *
     * @param optimizerOfDevice when each device ran optimizer kernels outside tasks
     * @param log counts what is left out
     */
    public Iterations(IntFunction<IntervalSet> optimizerOfDevice, ImportLog log) {
        this.optimizerOfDevice = optimizerOfDevice;
        this.log = log;
    }

    /** The tasks of each iteration, by its number. */
    public SortedMap<Integer, List<PlacedTask>> split(List<PlacedTask> tasks) {
        if (tasks.stream().anyMatch(task -> task.iteration() >= 0)) {
            List<PlacedTask> marked =
                    tasks.stream().filter(task -> task.iteration() >= 0).toList();
            log.count(Oddity.TASKS_OUTSIDE_STEPS, tasks.size() - (long) marked.size());
            return group(MarkedIterations.agree(marked, log));
        }
        List<List<PlacedTask>> devices = byDevice(tasks);
        List<int[]> numbers = byOptimizer(devices);
        if (numbers.isEmpty()) {
            numbers = new ArrayList<>(devices.stream().map(Restarts::number).toList());
            align(devices, numbers);
        }
        boolean several =
                numbers.stream().anyMatch(n -> Arrays.stream(n).distinct().count() > 1);
        return several ? group(numbered(devices, numbers)) : group(byFlush(tasks));
    }

    private static SortedMap<Integer, List<PlacedTask>> group(List<PlacedTask> tasks) {
        TreeMap<Integer, List<PlacedTask>> groups = new TreeMap<>();
        for (PlacedTask task : tasks) {
            groups.computeIfAbsent(task.iteration(), i -> new ArrayList<>()).add(task);
        }
        return groups;
    }

    private static List<List<PlacedTask>> byDevice(List<PlacedTask> tasks) {
        TreeMap<Integer, List<PlacedTask>> devices = new TreeMap<>();
        for (PlacedTask task : tasks) {
            devices.computeIfAbsent(task.device(), d -> new ArrayList<>()).add(task);
        }
        return List.copyOf(devices.values());
    }

    private static List<PlacedTask> numbered(List<List<PlacedTask>> devices, List<int[]> numbers) {
        List<PlacedTask> tasks = new ArrayList<>();
        for (int d = 0; d < devices.size(); d++) {
            for (int t = 0; t < devices.get(d).size(); t++) {
                tasks.add(devices.get(d).get(t).inIteration(numbers.get(d)[t]));
            }
        }
        return tasks;
    }

    /** Trusted only where every device shows the same number of optimizer steps between its tasks. */
    private List<int[]> byOptimizer(List<List<PlacedTask>> devices) {
        List<int[]> numbers = new ArrayList<>();
        Set<Integer> counts = new HashSet<>();
        for (List<PlacedTask> tasks : devices) {
            IntervalSet steps = optimizerOfDevice.apply(tasks.get(0).device());
            int[] number = new int[tasks.size()];
            int current = 0;
            int next = 0;
            for (int t = 0; t < number.length; t++) {
                int before = next;
                while (next < steps.size() && steps.startNs(next) < tasks.get(t).startNs()) {
                    next++;
                }
                current += t > 0 && next > before ? 1 : 0;
                number[t] = current;
            }
            counts.add(current);
            numbers.add(number);
        }
        return counts.size() == 1 && !counts.contains(0) ? numbers : List.of();
    }

    /**
     * A trace that begins within an iteration may show its rest on some devices only; so each device's numbers are
     * moved to where its iterations overlap most with those of the device that shows the most.
     */
    private static void align(List<List<PlacedTask>> devices, List<int[]> numbers) {
        int reference = 0;
        for (int d = 0; d < devices.size(); d++) {
            reference = last(numbers.get(d)) > last(numbers.get(reference)) ? d : reference;
        }
        Map<Integer, long[]> spans = spans(devices.get(reference), numbers.get(reference));
        for (int d = 0; d < devices.size(); d++) {
            Map<Integer, long[]> own = spans(devices.get(d), numbers.get(d));
            int best = 0;
            for (int shift = 1; shift <= last(numbers.get(reference)) - last(numbers.get(d)); shift++) {
                best = overlap(own, spans, shift) > overlap(own, spans, best) ? shift : best;
            }
            int chosen = best;
            Arrays.setAll(numbers.get(d), addTo(numbers.get(d), chosen));
        }
    }

    private static java.util.function.IntUnaryOperator addTo(int[] numbers, int shift) {
        int[] before = numbers.clone();
        return t -> before[t] + shift;
    }

    private static int last(int[] numbers) {
        return numbers[numbers.length - 1];
    }

    private static Map<Integer, long[]> spans(List<PlacedTask> tasks, int[] numbers) {
        Map<Integer, long[]> spans = new HashMap<>();
        for (int t = 0; t < numbers.length; t++) {
            PlacedTask task = tasks.get(t);
            long[] span = spans.computeIfAbsent(numbers[t], n -> new long[] {task.startNs(), task.endNs()});
            span[1] = Math.max(span[1], task.endNs());
        }
        return spans;
    }

    private static long overlap(Map<Integer, long[]> own, Map<Integer, long[]> reference, int shift) {
        long sum = 0;
        for (Map.Entry<Integer, long[]> entry : own.entrySet()) {
            long[] other = reference.get(entry.getKey() + shift);
            long[] span = entry.getValue();
            sum += other == null ? 0 : Math.max(0, Math.min(span[1], other[1]) - Math.max(span[0], other[0]));
        }
        return sum;
    }

    /**
     * Cuts where nothing is in flight, be it for a moment. A forward-only run is empty between any two micro-batches that do
     * not overlap, so there the pause must exceed a median micro-batch's passage.
     */
    private static List<PlacedTask> byFlush(List<PlacedTask> tasks) {
        Map<Integer, long[]> passages = new HashMap<>();
        boolean forwardOnly = true;
        for (PlacedTask task : tasks) {
            forwardOnly &= task.action().phase().isForward();
            long[] span = passages.computeIfAbsent(
                    task.action().microBatch(), mb -> new long[] {task.startNs(), task.endNs()});
            span[0] = Math.min(span[0], task.startNs());
            span[1] = Math.max(span[1], task.endNs());
        }
        long[] lengths =
                passages.values().stream().mapToLong(p -> p[1] - p[0]).sorted().toArray();
        long shortest = forwardOnly && lengths.length > 0 ? lengths[lengths.length / 2] + 1 : 0;
        LongColumn flights = new LongColumn();
        long doneNs = Long.MIN_VALUE;
        List<long[]> byStart = new ArrayList<>(passages.values());
        byStart.sort(Comparator.comparingLong(passage -> passage[0]));
        for (long[] passage : byStart) {
            if (flights.size() == 0 || passage[0] >= doneNs + shortest) {
                flights.add(passage[0]);
            }
            doneNs = Math.max(doneNs, passage[1]);
        }
        List<PlacedTask> numbered = new ArrayList<>();
        for (PlacedTask task : tasks) {
            numbered.add(task.inIteration(flightOf(flights, task.startNs())));
        }
        return numbered;
    }

    /** @param flights when each flight starts */
    private static int flightOf(LongColumn flights, long timeNs) {
        int low = 0;
        int high = flights.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (flights.get(middle) <= timeNs) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
