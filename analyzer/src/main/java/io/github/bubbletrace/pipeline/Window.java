package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.extract.TaskLayers;
import io.github.bubbletrace.pipeline.iteration.PlacedTask;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;

/**
 * One iteration of one replica: its tasks in columns, by device and start. Device numbers are places in {@link
 * PipelineRun#devices}. Immutable.
 */
public final class Window {

    private final int index;
    private final boolean truncated;
    private final boolean unflushed;
    private final int[] device;
    private final Action[] action;
    private final long[] startNs;
    private final long[] endNs;
    private final TaskLayers[] layers;
    private final long windowStartNs;
    private final long windowEndNs;

    Window(int index, boolean truncated, int[] device, List<PlacedTask> tasks) {
        this(index, truncated, false, device, tasks);
    }

    /** @param unflushed whether it is several iterations that ran into each other */
    Window(int index, boolean truncated, boolean unflushed, int[] device, List<PlacedTask> tasks) {
        this.unflushed = unflushed;
        this.index = index;
        this.truncated = truncated;
        this.device = device.clone();
        action = tasks.stream().map(PlacedTask::action).toArray(Action[]::new);
        startNs = tasks.stream().mapToLong(PlacedTask::startNs).toArray();
        endNs = tasks.stream().mapToLong(PlacedTask::endNs).toArray();
        layers = tasks.stream().map(PlacedTask::layers).toArray(TaskLayers[]::new);
        windowStartNs = tasks.stream().mapToLong(PlacedTask::startNs).min().orElse(0);
        windowEndNs = tasks.stream().mapToLong(PlacedTask::endNs).max().orElse(0);
    }

    /** The iteration's number. */
    public int index() {
        return index;
    }

    /** Whether the trace cuts it off. */
    public boolean isTruncated() {
        return truncated;
    }

    /** Whether it is several iterations that ran into each other, as those of an asynchronous pipeline do. */
    public boolean isUnflushed() {
        return unflushed;
    }

    /** How many tasks there are. */
    public int tasks() {
        return device.length;
    }

    /** Place of the task's device in its pipeline. */
    public int device(int task) {
        return device[task];
    }

    /** Phase, chunk and micro-batch. */
    public Action action(int task) {
        return action[task];
    }

    /** Phase, chunk and micro-batch of every task. */
    public List<Action> actions() {
        return List.of(action);
    }

    /** The task's phase. */
    public Phase phase(int task) {
        return action[task].phase();
    }

    /** Start of the task's hull on the document's axis, in nanoseconds. */
    public long startNs(int task) {
        return startNs[task];
    }

    /** End of the task's hull. */
    public long endNs(int task) {
        return endNs[task];
    }

    /** What the task's layers took. */
    public TaskLayers layers(int task) {
        return layers[task];
    }

    /** Start of the first task over all devices. */
    public long windowStartNs() {
        return windowStartNs;
    }

    /** End of the last task over all devices. */
    public long windowEndNs() {
        return windowEndNs;
    }

    /** Length of the window in nanoseconds. */
    public long lengthNs() {
        return windowEndNs - windowStartNs;
    }

    /** How many distinct micro-batches it ran. */
    public int microBatches() {
        return (int) java.util.Arrays.stream(action)
                .mapToInt(Action::microBatch)
                .distinct()
                .count();
    }
}
