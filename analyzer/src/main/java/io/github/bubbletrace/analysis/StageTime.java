package io.github.bubbletrace.analysis;

/**
 * How long one stage computes.
 *
 * @param stage place of the stage in the pipeline
 * @param meanTaskNs mean over iterations of the summed task durations (less launch gaps inside tasks), in nanoseconds
 * @param relative {@code meanTaskNs} over the median of all stages
 */
public record StageTime(int stage, long meanTaskNs, double relative) {}
