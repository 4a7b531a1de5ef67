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
 * @param replicaWaitNs the slowest replica's windows less this one's, summed; 0 where there is one replica
 */
public record Totals(
        long windowNs,
        long busyNs,
        CauseTimes idleNs,
        double bubble,
        Double closedFormBubble,
        Boundary boundary,
        double boundaryIdle,
        Double predictionError,
        long replicaWaitNs) {

    /** The totals of a replica that is alone. */
    public Totals(
            long windowNs,
            long busyNs,
            CauseTimes idleNs,
            double bubble,
            Double closedFormBubble,
            Boundary boundary,
            double boundaryIdle,
            Double predictionError) {
        this(windowNs, busyNs, idleNs, bubble, closedFormBubble, boundary, boundaryIdle, predictionError, 0);
    }

    /** The same beside other replicas. */
    public Totals withReplicaWait(long waitNs) {
        return new Totals(
                windowNs, busyNs, idleNs, bubble, closedFormBubble, boundary, boundaryIdle, predictionError, waitNs);
    }
}
