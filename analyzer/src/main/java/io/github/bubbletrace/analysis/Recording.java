package io.github.bubbletrace.analysis;

/**
 * When the devices of all inputs were active, in nanoseconds of the document's axis.
 *
 * @param firstNs start of the first activity
 * @param lastNs end of the last
 * @param middleNs when the busiest device had done half of its work
 */
public record Recording(long firstNs, long lastNs, long middleNs) {

    /** Nothing was recorded. */
    public static final Recording NONE = new Recording(0, 0, 0);
}
