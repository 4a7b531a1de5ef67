package io.github.bubbletrace.pipeline.fleet;

import io.github.bubbletrace.pipeline.extract.TaskLayers;
import io.github.bubbletrace.pipeline.extract.TaskTable;
import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.trace.FileClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The labelled tasks of all files on one axis, by device, start and label, so that the input's order leaves no trace. */
public final class MergedTasks {

    /**
     * One labelled task.
     *
     * @param device index in {@link Fleet#devices}
     * @param label what its range says
     * @param iteration iteration by label or step range, or -1
     * @param startNs start of its hull on the document's axis
     * @param endNs end of its hull
     * @param layers what its layers took
     */
    public record Task(int device, Label label, int iteration, long startNs, long endNs, TaskLayers layers) {}

    private MergedTasks() {}

    /** The tasks of all files, in the order of the files. */
    public static List<Task> of(Fleet fleet) {
        int[][] device = fleet.deviceOfLane();
        List<Task> merged = new ArrayList<>();
        for (int file = 0; file < fleet.files().size(); file++) {
            TaskTable tasks = fleet.files().get(file).tasks();
            FileClock clock = fleet.clocks().of(file);
            for (int t = 0; t < tasks.size(); t++) {
                merged.add(new Task(
                        device[file][tasks.lane(t)],
                        tasks.label(t),
                        tasks.iteration(t),
                        clock.at(tasks.startNs(t)),
                        clock.at(tasks.endNs(t)),
                        tasks.layers(t)));
            }
        }
        merged.sort(Comparator.comparingInt(Task::device)
                .thenComparingLong(Task::startNs)
                .thenComparingLong(Task::endNs)
                .thenComparing(task -> task.label().toString()));
        return merged;
    }
}
