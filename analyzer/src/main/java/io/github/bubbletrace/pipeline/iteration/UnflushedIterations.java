package io.github.bubbletrace.pipeline.iteration;

import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Joins iterations that run into each other: an asynchronous pipeline starts the forwards of the next one on a device before
 * the backwards of the last are done there, so nothing separates them and they are one window. Their micro-batches are
 * numbered through. Immutable.
 */
public final class UnflushedIterations {

    private record Numbered(int iteration, int microBatch) {}

    private final SortedMap<Integer, List<PlacedTask>> joined = new TreeMap<>();
    private final Map<Integer, Integer> firstOf = new HashMap<>();
    private final Map<Numbered, Integer> numbers = new HashMap<>();
    private final Set<Integer> unflushed = new HashSet<>();

    /** Joins what runs into each other of {@code iterations}, which stay as they are otherwise. */
    public UnflushedIterations(SortedMap<Integer, List<PlacedTask>> iterations) {
        Integer before = null;
        for (int number : iterations.keySet()) {
            boolean joins = before != null && overlap(iterations.get(before), iterations.get(number));
            firstOf.put(number, joins ? firstOf.get(before) : Integer.valueOf(number));
            if (joins) {
                unflushed.add(firstOf.get(number));
            }
            before = number;
        }
        iterations.forEach(this::add);
    }

    /** The tasks of each window, by the number of its first iteration. */
    public SortedMap<Integer, List<PlacedTask>> windows() {
        return joined;
    }

    /** Whether the window that begins with {@code iteration} has several iterations. */
    public boolean isUnflushed(int iteration) {
        return unflushed.contains(iteration);
    }

    /** How many iterations became part of another's window. */
    public long count() {
        return firstOf.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(entry.getValue()))
                .count();
    }

    /** The window of a labelled iteration. */
    public int window(int iteration) {
        return firstOf.getOrDefault(iteration, iteration);
    }

    /** {@code action} with its number in its window; null where its iteration is unknown and windows have several. */
    public Action action(int iteration, Action action) {
        if (action == null || unflushed.isEmpty()) {
            return action;
        }
        if (!firstOf.containsKey(iteration)) {
            return null;
        }
        return renumbered(iteration, action);
    }

    private void add(int iteration, List<PlacedTask> tasks) {
        int window = firstOf.get(iteration);
        List<PlacedTask> target = joined.computeIfAbsent(window, w -> new ArrayList<>());
        if (!unflushed.contains(window)) {
            target.addAll(tasks);
            return;
        }
        int next = (int) target.stream()
                .map(task -> task.action().microBatch())
                .distinct()
                .count();
        TreeSet<Integer> microBatches = new TreeSet<>();
        tasks.forEach(task -> microBatches.add(task.action().microBatch()));
        for (int microBatch : microBatches) {
            numbers.put(new Numbered(iteration, microBatch), next++);
        }
        for (PlacedTask task : tasks) {
            target.add(new PlacedTask(
                    task.device(),
                    renumbered(iteration, task.action()),
                    window,
                    task.startNs(),
                    task.endNs(),
                    task.layers()));
        }
    }

    private Action renumbered(int iteration, Action action) {
        Integer number = numbers.get(new Numbered(iteration, action.microBatch()));
        return number == null ? action : new Action(action.phase(), action.chunk(), number);
    }

    /** Whether on some device a forward of {@code later} starts before a backward of {@code earlier}. */
    private static boolean overlap(List<PlacedTask> earlier, List<PlacedTask> later) {
        Map<Integer, Long> lastBackward = new HashMap<>();
        for (PlacedTask task : earlier) {
            if (task.action().phase() == Phase.B) {
                lastBackward.merge(task.device(), task.startNs(), Math::max);
            }
        }
        return later.stream()
                .filter(task -> task.action().phase().isForward())
                .anyMatch(task -> task.startNs() < lastBackward.getOrDefault(task.device(), Long.MIN_VALUE));
    }
}
