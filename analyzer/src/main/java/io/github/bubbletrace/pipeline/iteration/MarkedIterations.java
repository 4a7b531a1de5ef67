package io.github.bubbletrace.pipeline.iteration;

import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the iteration numbers of all devices agree. Ranks may count their steps from where each began; in a run with
 * backwards an iteration holds all its devices at once, so numbers whose iterations never meet are moved to those that
 * run at the same time.
 */
final class MarkedIterations {

    private MarkedIterations() {}

    static List<PlacedTask> agree(List<PlacedTask> tasks, ImportLog log) {
        if (tasks.stream().allMatch(task -> task.action().phase().isForward())) {
            return tasks;
        }
        Map<Integer, SortedMap<Integer, long[]>> spans = new TreeMap<>();
        for (PlacedTask task : tasks) {
            long[] span = spans.computeIfAbsent(task.device(), d -> new TreeMap<>())
                    .computeIfAbsent(task.iteration(), i -> new long[] {task.startNs(), task.endNs()});
            span[0] = Math.min(span[0], task.startNs());
            span[1] = Math.max(span[1], task.endNs());
        }
        SortedMap<Integer, long[]> reference = spans.values().stream()
                .reduce((a, b) -> b.size() > a.size() ? b : a)
                .orElseThrow();
        Map<Integer, Integer> shift = new TreeMap<>();
        spans.forEach((device, own) -> shift.put(device, shift(own, reference)));
        long moved = shift.values().stream().filter(s -> s != 0).count();
        log.count(Oddity.ITERATIONS_RENUMBERED, moved);
        if (moved == 0) {
            return tasks;
        }
        List<PlacedTask> agreed = new ArrayList<>();
        tasks.forEach(task -> agreed.add(task.inIteration(task.iteration() + shift.get(task.device()))));
        return agreed;
    }

    /** What to add to a device's numbers: 0 where any of them meets the reference's. */
    private static int shift(SortedMap<Integer, long[]> own, SortedMap<Integer, long[]> reference) {
        for (Map.Entry<Integer, long[]> entry : own.entrySet()) {
            long[] same = reference.get(entry.getKey());
            if (same != null && overlap(entry.getValue(), same) > 0) {
                return 0;
            }
        }
        int middle = own.keySet().stream().skip(own.size() / 2).findFirst().orElseThrow();
        int best = middle;
        long most = 0;
        for (Map.Entry<Integer, long[]> entry : reference.entrySet()) {
            long overlap = overlap(own.get(middle), entry.getValue());
            if (overlap > most) {
                best = entry.getKey();
                most = overlap;
            }
        }
        return best - middle;
    }

    private static long overlap(long[] a, long[] b) {
        return Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
    }
}
