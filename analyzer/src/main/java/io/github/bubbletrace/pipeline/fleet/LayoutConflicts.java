package io.github.bubbletrace.pipeline.fleet;

import io.github.bubbletrace.pipeline.fleet.Layout.Dimension;
import io.github.bubbletrace.pipeline.fleet.MergedTasks.Task;
import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Devices whose labels contradict the user's layout, by what they contradict. */
final class LayoutConflicts {

    private static final String REPLICA = "replica";
    private static final String LANE = "lane";
    private static final String PLACE = "place";

    private final Layout layout;
    private final Map<String, Set<Integer>> devices = new TreeMap<>();

    /**
     * The places c mod P of each device's labelled chunks c. Chunks laid in a V or in both directions have other places too,
     * but one of a device's chunks has this one in all placements.
     */
    private final Map<Integer, Set<Integer>> placesByChunk = new TreeMap<>();

    private LayoutConflicts(Layout layout) {
        this.layout = layout;
    }

    static LayoutConflicts of(List<Task> tasks, Fleet fleet, Layout layout) {
        LayoutConflicts conflicts = new LayoutConflicts(layout);
        for (Task task : tasks) {
            conflicts.compare(task, fleet.devices().get(task.device()).rank());
        }
        conflicts.placesByChunk.forEach((device, places) -> {
            int place = layout.of(fleet.devices().get(device).rank(), Dimension.PP);
            conflicts.note(PLACE, device, !places.contains(place));
        });
        return conflicts;
    }

    void count(ImportLog log) {
        devices.forEach((what, which) -> log.count(Oddity.LAYOUT_CONFLICTS, which.size(), what));
    }

    private void compare(Task task, int rank) {
        Label label = task.label();
        differ(REPLICA, task, label.replica(), layout.of(rank, Dimension.DP));
        differ(LANE, task, label.lane(), layout.of(rank, Dimension.TP));
        differ(PLACE, task, label.place(), layout.of(rank, Dimension.PP));
        if (label.chunk() >= 0) {
            Set<Integer> places = placesByChunk.computeIfAbsent(task.device(), d -> new HashSet<>());
            places.add(label.chunk() % layout.pipeline());
        }
    }

    private void differ(String what, Task task, int labelled, int laidOut) {
        note(what, task.device(), labelled >= 0 && labelled != laidOut);
    }

    private void note(String what, int device, boolean conflict) {
        if (conflict) {
            devices.computeIfAbsent(what, w -> new HashSet<>()).add(device);
        }
    }
}
