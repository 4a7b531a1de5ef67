package io.github.bubbletrace.format;

/** The step of a file's time stamps: the largest power of ten that divides all of them. */
public final class StampStep {

    private static final long SECOND_NS = 1_000_000_000L;

    private long step = SECOND_NS;

    /** Notes a stamp, in nanoseconds. */
    public void see(long stampNs) {
        while (stampNs % step != 0) {
            step /= 10;
        }
    }

    /** The step in nanoseconds: from 1 to a second. */
    public long ns() {
        return step;
    }
}
