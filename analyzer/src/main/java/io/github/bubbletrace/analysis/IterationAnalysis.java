package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * One window: one iteration of one replica.
 *
 * @param index the iteration's number
 * @param startNs start of its first task
 * @param endNs end of its last task
 * @param microBatches how many micro-batches it ran
 * @param skipped whether it is left out of the totals (warm-up, or as the user asked)
 * @param devices one entry per device, by stage
 * @param transfers what its devices sent each other
 * @param replayNs the makespans of the five replays, or null where the order cannot be replayed
 */
public record IterationAnalysis(
        int index,
        long startNs,
        long endNs,
        int microBatches,
        boolean skipped,
        List<DeviceAnalysis> devices,
        TransferSpans transfers,
        ReplayTimes replayNs) {

    /** Length of the window in nanoseconds. */
    public long windowNs() {
        return endNs - startNs;
    }
}
