package io.github.bubbletrace.format.capture;

import java.util.OptionalLong;

/**
 * What moments of CLOCK_MONOTONIC, which a capture's records bear, are in UTC. The first anchor is the capture's zero: the
 * clock itself counts from the machine's start, which may be years ago.
 */
final class Anchors {

    /** No recording moves the two clocks apart by more, short of somebody setting one of them. */
    private static final long STEP_NS = 1_000_000;

    private long zeroNs;
    private long utcOfZeroNs;
    private long widthNs = Long.MAX_VALUE;
    private long earliestNs = Long.MAX_VALUE;
    private long latestNs = Long.MIN_VALUE;
    private boolean known;

    /** Adds an anchor: both clocks within {@code width} nanoseconds. */
    void add(long monotonicNs, long realtimeNs, long width) {
        if (!known) {
            zeroNs = monotonicNs;
            known = true;
        }
        long utc = realtimeNs - (monotonicNs - zeroNs);
        earliestNs = Math.min(earliestNs, utc);
        latestNs = Math.max(latestNs, utc);
        if (width >= 0 && width < widthNs) {
            widthNs = width;
            utcOfZeroNs = utc;
        }
    }

    /** The capture's zero on its own clock. */
    long zeroNs() {
        return zeroNs;
    }

    /** The capture's zero in nanoseconds since 1970, by the tightest anchor. */
    OptionalLong utcOfZeroNs() {
        return widthNs < Long.MAX_VALUE && utcOfZeroNs > 0 ? OptionalLong.of(utcOfZeroNs) : OptionalLong.empty();
    }

    /** Whether somebody set the clock while it was recorded. */
    boolean isStepped() {
        return known && latestNs - earliestNs > STEP_NS;
    }
}
