package io.github.bubbletrace.event;

import java.time.Instant;

/** One moment on both clocks: the tightest of a few readings of UTC between two of the monotonic clock. */
final class UtcClock {

    private static final int READINGS = 16;

    private final long nanoTime;
    private final long utcNs;

    private UtcClock(long nanoTime, long utcNs) {
        this.nanoTime = nanoTime;
        this.utcNs = utcNs;
    }

    static UtcClock read() {
        long best = Long.MAX_VALUE;
        UtcClock clock = null;
        for (int i = 0; i < READINGS; i++) {
            long before = System.nanoTime();
            Instant utc = Instant.now();
            long width = System.nanoTime() - before;
            if (width < best) {
                best = width;
                clock = new UtcClock(before + width / 2, utc.getEpochSecond() * 1_000_000_000L + utc.getNano());
            }
        }
        return clock;
    }

    long nanoTime() {
        return nanoTime;
    }

    long utcNs() {
        return utcNs;
    }
}
