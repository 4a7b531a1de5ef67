package io.github.bubbletrace.analysis;

/**
 * How busy one device was over all inputs: {@code busyNs + idleNs = windowNs}.
 *
 * @param device name: rank and GPU, or the rank alone where no GPU is known
 * @param rank rank of its process
 * @param gpu ordinal of the GPU within its process, or null
 * @param busyNs time in which at least one compute kernel ran
 * @param communicationNs the part of {@code idleNs} in which communication ran
 * @param idleNs time in which no compute kernel ran
 * @param windowNs from the first to the last activity of all inputs
 */
public record DeviceSummary(
        String device, int rank, Integer gpu, long busyNs, long communicationNs, long idleNs, long windowNs) {}
