package io.github.bubbletrace.analysis;

/**
 * The transfers from one stage to another, over the iterations that count. Times are nanoseconds.
 *
 * @param from the stage that sends
 * @param to the stage that receives
 * @param count how many transfers there were
 * @param estimated how many of them no record shows
 * @param medianNs median of their true times (both sides there until the data was), the lesser of the middle two
 * @param p95Ns 95th percentile of the same, by nearest rank
 * @param totalNs sum of the same
 * @param exposedNs the part of {@code totalNs} in which the receiving device ran no compute kernel
 */
public record PairTransfers(
        int from, int to, long count, long estimated, long medianNs, long p95Ns, long totalNs, long exposedNs) {}
