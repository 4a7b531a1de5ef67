package io.github.bubbletrace.schedule;

/**
 * How {@link GreedyOrder} chooses where more than one task could run. Depths are multiples of a device's distance to an end
 * of the pipeline: with equal times 1/2 of a round trip is 1F1B's warm-up and 1 is ZB-H2's.
 *
 * @param ahead how many forwards a device runs ahead of its backwards: this part of what fits into the round trip to the
 *     last stage and back
 * @param late how many weight gradients a device may owe: this part of what fits into the round trip to the first stage
 * @param leastGap the shortest wait that a weight gradient may fill, as a part of its duration
 * @param forwardFirst whether a forward goes before a backward where both could start
 */
record GreedyRules(double ahead, double late, double leastGap, boolean forwardFirst) {

    /** Forwards in flight on a device with {@code after} devices behind it. */
    int mostAhead(int after, TaskTimes times, long transferNs) {
        return 1 + count(ahead * after, times, transferNs, times.forwardNs());
    }

    /** Weight gradients put off on a device with {@code before} devices ahead of it. */
    int mostLate(int before, TaskTimes times, long transferNs) {
        return count(late * before, times, transferNs, times.weightNs().orElse(0));
    }

    private static int count(double hops, TaskTimes times, long transferNs, long taskNs) {
        double tripNs = hops * (times.forwardNs() + times.backwardNs() + 2.0 * transferNs);
        return (int) Math.min(1e6, Math.ceil(tripNs / Math.max(1, taskNs) - 1e-9));
    }
}
