package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import java.util.ArrayList;
import java.util.List;

/** Tasks found in one file: hulls of the compute kernels launched for a label. Times are of the file's clock. */
public final class TaskTable {

    private final IntColumn lane = new IntColumn();
    private final List<Label> label = new ArrayList<>();
    private final IntColumn iteration = new IntColumn();
    private final LongColumn startNs = new LongColumn();
    private final LongColumn endNs = new LongColumn();
    private TaskLayers[] layers = {};

    int add(int newLane, Label newLabel, int newIteration, long newStartNs, long newEndNs) {
        lane.add(newLane);
        label.add(newLabel);
        iteration.add(newIteration);
        startNs.add(newStartNs);
        endNs.add(newEndNs);
        return lane.size() - 1;
    }

    void widen(int task, long newStartNs, long newEndNs) {
        startNs.set(task, Math.min(startNs.get(task), newStartNs));
        endNs.set(task, Math.max(endNs.get(task), newEndNs));
    }

    /** @param ofTasks what the layers of every task took */
    void giveLayers(TaskLayers[] ofTasks) {
        layers = ofTasks.clone();
    }

    /** What its layers took. */
    public TaskLayers layers(int task) {
        return task < layers.length ? layers[task] : TaskLayers.NONE;
    }

    /** How many tasks there are. */
    public int size() {
        return lane.size();
    }

    /** Index of the task's lane in its file. */
    public int lane(int task) {
        return lane.get(task);
    }

    /** What its range says. */
    public Label label(int task) {
        return label.get(task);
    }

    /** Iteration by its label or a step range, or -1. */
    public int iteration(int task) {
        return iteration.get(task);
    }

    /** Start of the hull. */
    public long startNs(int task) {
        return startNs.get(task);
    }

    /** End of the hull. */
    public long endNs(int task) {
        return endNs.get(task);
    }
}
