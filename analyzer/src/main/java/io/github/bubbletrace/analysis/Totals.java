package io.github.bubbletrace.analysis;

/**
 * Sums over the windows of one replica that are not skipped.
 *
 * @param windowNs sum of the windows' lengths
 * @param busyNs busy time of all devices
 * @param idleNs idle time of all devices by cause
 * @param bubble idle time over (devices x windows)
 * @param closedFormBubble what the schedule's closed form says, or null where none is known
 * @param boundary step boundary of all devices
 * @param boundaryIdle idle time in boundaries over (devices x (windows + boundaries))
 * @param predictionError mean of |predicted - recorded| / recorded over leave-one-out replays, or null where unknown
 */
public record Totals(
        long windowNs,
        long busyNs,
        CauseTimes idleNs,
        double bubble,
        Double closedFormBubble,
        Boundary boundary,
        double boundaryIdle,
        Double predictionError) {}
