package io.github.bubbletrace.analysis;

/**
 * Which schedule a recorded order is.
 *
 * @param kind schedule name, as {@code 1f1b}, or {@code other}
 * @param confidence 0 to 1
 * @param runnerUp the next best kind, or null
 * @param firstDisagreement where the recorded order first leaves the kind's, or null where it never does
 * @param from what the tasks were found by, as {@code ranges}
 * @param details what the order is like beyond its name
 */
public record ScheduleVerdict(
        String kind,
        double confidence,
        String runnerUp,
        String firstDisagreement,
        String from,
        ScheduleDetails details) {

    /** A verdict on an order of which no more than this is known. */
    public ScheduleVerdict(String kind, double confidence, String runnerUp, String firstDisagreement, String from) {
        this(kind, confidence, runnerUp, firstDisagreement, from, ScheduleDetails.NONE);
    }

    /** The same with details. */
    public ScheduleVerdict with(ScheduleDetails more) {
        return new ScheduleVerdict(kind, confidence, runnerUp, firstDisagreement, from, more);
    }

    /** The same with another first disagreement. */
    public ScheduleVerdict disagreeing(String first) {
        return new ScheduleVerdict(kind, confidence, runnerUp, first, from, details);
    }
}
