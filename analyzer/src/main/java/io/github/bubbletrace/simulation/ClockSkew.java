package io.github.bubbletrace.simulation;

/**
 * What a clock shows beside the true time.
 *
 * @param lateNs how much later it shows the run's time 0, in nanoseconds
 * @param driftPpm how much faster it goes, in millionths
 */
public record ClockSkew(long lateNs, double driftPpm) {

    /** A clock that is right. */
    static final ClockSkew NONE = new ClockSkew(0, 0);

    private static final double FASTEST_PPM = 1000;

    /** @throws IllegalArgumentException where the drift is beyond any clock's */
    public ClockSkew {
        if (!(Math.abs(driftPpm) <= FASTEST_PPM)) {
            throw new IllegalArgumentException("a clock drifts by at most 1000 ppm");
        }
    }

    /** What it shows at a moment of the run. */
    long shows(long runNs) {
        return runNs + lateNs + Math.round(runNs * driftPpm / 1e6);
    }

    /** Both at once. */
    ClockSkew plus(ClockSkew other) {
        return new ClockSkew(lateNs + other.lateNs, driftPpm + other.driftPpm);
    }
}
