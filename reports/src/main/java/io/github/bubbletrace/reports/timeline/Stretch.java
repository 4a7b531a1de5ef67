package io.github.bubbletrace.reports.timeline;

/**
 * A stretch of time whose kernels the timeline holds.
 *
 * @param replica number of the replica whose lanes it is about; {@link #ALL} for all lanes
 * @param iteration the iteration that it is of; {@link #ALL} for none
 * @param fromNs its start in nanoseconds
 * @param toNs its end
 * @param middleNs what it is shortened around
 */
public record Stretch(int replica, int iteration, long fromNs, long toNs, long middleNs) {

    /** No single replica or iteration. */
    public static final int ALL = -1;

    /** A whole window. */
    public static Stretch of(int replica, int iteration, long fromNs, long toNs) {
        return new Stretch(replica, iteration, fromNs, toNs, fromNs + (toNs - fromNs) / 2);
    }

    /** Whether a kernel of a lane of {@code ofReplica} belongs to it. */
    boolean holds(int ofReplica, long startNs, long endNs) {
        return (replica == ALL || replica == ofReplica) && startNs < toNs && Math.max(startNs + 1, endNs) > fromNs;
    }

    /** Half of it, around its middle. */
    Stretch half() {
        long reachNs = Math.max(middleNs - fromNs, toNs - middleNs) / 2;
        return new Stretch(
                replica, iteration, Math.max(fromNs, middleNs - reachNs), Math.min(toNs, middleNs + reachNs), middleNs);
    }
}
