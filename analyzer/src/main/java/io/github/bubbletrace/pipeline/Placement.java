package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.fleet.MergedTasks.Task;
import io.github.bubbletrace.pipeline.label.Label;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which chunk of the whole pipeline a label means. A label may name it, or the place of its device and the chunk there,
 * or the chunk of its device alone; places that nobody names follow the order of ranks. Local chunks are placed as in
 * Megatron (chunk c on place c mod P) unless the second chunks begin at the last place: then they lie in a V.
 */
final class Placement {

    private final Map<Integer, Integer> placeOfDevice = new HashMap<>();
    private final int places;
    private final boolean vShaped;

    /** The placement that the labels of {@code tasks} say, in a pipeline of at least {@code fewestPlaces}. */
    Placement(List<Task> tasks, int fewestPlaces) {
        Map<List<Integer>, TreeSet<Integer>> groups = new TreeMap<>(
                java.util.Comparator.<List<Integer>>comparingInt(g -> g.get(0)).thenComparingInt(g -> g.get(1)));
        for (Task task : tasks) {
            Label label = task.label();
            if (label.place() >= 0) {
                placeOfDevice.put(task.device(), label.place());
            }
            groups.computeIfAbsent(List.of(label.replica(), label.lane()), g -> new TreeSet<>())
                    .add(task.device());
        }
        for (TreeSet<Integer> devices : groups.values()) {
            int next = 0;
            for (int device : devices) {
                placeOfDevice.putIfAbsent(device, next);
                next++;
            }
        }
        int named = placeOfDevice.values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(-1)
                + 1;
        places = Math.max(named, fewestPlaces);
        vShaped = secondChunksBeginAtLastPlace(tasks);
    }

    /** The chunk over the whole pipeline that {@code label} means on {@code device}. */
    int chunk(int device, Label label) {
        if (label.chunk() >= 0) {
            return label.chunk();
        }
        int place = placeOfDevice.getOrDefault(device, 0);
        int local = Math.max(0, label.localChunk());
        boolean mirrored = vShaped && local % 2 == 1;
        return local * places + (mirrored ? places - 1 - place : place);
    }

    private boolean secondChunksBeginAtLastPlace(List<Task> tasks) {
        Map<Integer, Long> firstStart = new HashMap<>();
        for (Task task : tasks) {
            Label label = task.label();
            if (label.chunk() < 0 && label.localChunk() == 1 && label.phase().isForward()) {
                firstStart.merge(placeOfDevice.get(task.device()), task.startNs(), Math::min);
            }
        }
        Long first = firstStart.get(0);
        Long last = firstStart.get(places - 1);
        return places > 1 && first != null && last != null && last < first;
    }
}
