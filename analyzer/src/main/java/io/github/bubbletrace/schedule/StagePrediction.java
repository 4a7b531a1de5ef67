package io.github.bubbletrace.schedule;

/**
 * What a schedule asks of one device.
 *
 * @param idleNs how long it waits between the run's start and end
 * @param peakInFlight chunk activations that it holds at most
 * @param meanLifetimeNs from a forward's end to its backward's start, mean over all; 0 without backwards
 * @param longestLifetimeNs the longest of them
 */
public record StagePrediction(long idleNs, int peakInFlight, long meanLifetimeNs, long longestLifetimeNs) {}
