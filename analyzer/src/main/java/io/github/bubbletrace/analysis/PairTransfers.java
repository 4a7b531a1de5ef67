package io.github.bubbletrace.analysis;

import java.util.OptionalLong;

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
 * @param sized of how many of them the trace says how much they move
 * @param medianBytes median of what those move, the lesser of the middle two; empty where there are none
 * @param medianBytesPerSecond median of what those move over their true times, where they take any; empty where none do
 */
public record PairTransfers(
        int from,
        int to,
        long count,
        long estimated,
        long medianNs,
        long p95Ns,
        long totalNs,
        long exposedNs,
        long sized,
        OptionalLong medianBytes,
        OptionalLong medianBytesPerSecond) {}
