package io.github.bubbletrace.reports.compare;

import io.github.bubbletrace.analysis.CauseTimes;
import java.util.List;

/**
 * One run as its analysis document has it: the replica with the longest mean window.
 *
 * @param name what to call it
 * @param version version of the tool that wrote it
 * @param replicas how many replicas the document has
 * @param shape the replica's shape, or null where no pipeline was found
 * @param iterations its windows that count
 * @param devices busy share of every device over the whole recording
 * @param findings what was found
 */
public record SavedRun(
        String name,
        String version,
        int replicas,
        Shape shape,
        List<Iteration> iterations,
        List<BusyDevice> devices,
        List<SavedFinding> findings) {

    /**
     * What makes runs comparable.
     *
     * @param schedule kind of schedule
     * @param stages places in the pipeline
     * @param chunksPerDevice model chunks on each device
     * @param tensorParallel devices that share a stage
     * @param microBatches micro-batches of an iteration, or null where iterations differ
     * @param closedFormBubble bubble by formula, or null
     */
    public record Shape(
            String schedule,
            int stages,
            int chunksPerDevice,
            int tensorParallel,
            Integer microBatches,
            Double closedFormBubble) {}

    /** One window: {@code busyNs + idleNs = windowNs} on each of its devices. */
    public record Iteration(int index, long windowNs, int microBatches, List<Device> devices) {}

    /** One device in a window; times in nanoseconds. */
    public record Device(int stage, long busyNs, CauseTimes idleNs) {}

    /** One device over the whole recording; times in nanoseconds. */
    public record BusyDevice(String device, long busyNs, long windowNs) {}

    /** One finding; the gain is a share of the step, or null. */
    public record SavedFinding(String id, String title, Double gain) {}

    /** Whether there are iterations to compare. */
    public boolean hasIterations() {
        return !iterations.isEmpty();
    }
}
