package io.github.bubbletrace.schedule;

/**
 * What a schedule asks of one device.
 *
 * @param idleNs how long it waits between the run's start and end
 * @param peakInFlight chunk activations that it holds at most
 * @param weightVersions versions of the weights that it keeps, so that a backward meets those of its forward; 1 where
 *     iterations are flushed
 * @param meanLifetimeNs from a forward's end to its backward's start, mean over all; 0 without backwards
 * @param longestLifetimeNs the longest of them
 */
public record StagePrediction(
        long idleNs, int peakInFlight, int weightVersions, long meanLifetimeNs, long longestLifetimeNs) {}
