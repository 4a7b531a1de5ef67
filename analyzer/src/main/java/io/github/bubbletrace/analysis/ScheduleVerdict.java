package io.github.bubbletrace.analysis;

/**
 * Which schedule a recorded order is.
 *
 * @param kind schedule name, as {@code 1f1b}, or {@code other}
 * @param confidence 0 to 1
 * @param runnerUp the next best kind, or null
 * @param firstDisagreement where the recorded order first leaves the kind's, or null where it never does
 * @param from what the tasks were found by, as {@code ranges}
 */
public record ScheduleVerdict(String kind, double confidence, String runnerUp, String firstDisagreement, String from) {}
