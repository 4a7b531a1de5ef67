package io.github.bubbletrace.analysis;

/**
 * Makespans of the five replays R0 to R4, in nanoseconds.
 *
 * @param structure same duration for all chunks of a phase, nothing else
 * @param imbalance each chunk's own factor
 * @param jitter each task's own duration
 * @param transfers and true transfer times
 * @param recorded and host delays: the recording itself
 */
public record ReplayTimes(long structure, long imbalance, long jitter, long transfers, long recorded) {}
