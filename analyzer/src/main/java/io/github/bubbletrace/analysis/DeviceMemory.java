package io.github.bubbletrace.analysis;

/**
 * What allocations in a trace say of a device's memory.
 *
 * @param device the device
 * @param peakBytes the most that it held at any time of the recording
 * @param baseBytes the least that it held within the steps: what is there when nothing is in flight; null where what it holds
 *     does not fall again in every step, as with an allocator that keeps what it has
 * @param activationBytes what a micro-batch in flight adds to that, over all chunks of the device: the most less the least,
 *     over the most in flight; null where the former is
 */
public record DeviceMemory(String device, long peakBytes, Long baseBytes, Long activationBytes) {}
