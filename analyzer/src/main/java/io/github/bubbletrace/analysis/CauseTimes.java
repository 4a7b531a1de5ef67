package io.github.bubbletrace.analysis;

import io.github.bubbletrace.attribution.Cause;
import java.util.Arrays;

/** Idle nanoseconds by cause. Immutable. */
public final class CauseTimes {

    private static final int COUNT = Cause.values().length;

    /** No idle time at all. */
    public static final CauseTimes NONE = new CauseTimes(new long[COUNT]);

    private final long[] ns;

    private CauseTimes(long[] ns) {
        this.ns = ns;
    }

    /** Times indexed by the ordinal of their cause; the array is copied. */
    public static CauseTimes of(long[] nsByOrdinal) {
        return new CauseTimes(Arrays.copyOf(nsByOrdinal, COUNT));
    }

    /** All of {@code ns} under one cause. */
    public static CauseTimes only(Cause cause, long ns) {
        long[] times = new long[COUNT];
        times[cause.ordinal()] = ns;
        return new CauseTimes(times);
    }

    /** Idle nanoseconds under {@code cause}. */
    public long get(Cause cause) {
        return ns[cause.ordinal()];
    }

    /** The sum over all causes, in nanoseconds. */
    public long total() {
        return Arrays.stream(ns).sum();
    }

    /** The sum over the causes that are the schedule's own. */
    public long structure() {
        long sum = 0;
        for (Cause cause : Cause.values()) {
            sum += cause.isStructure() ? get(cause) : 0;
        }
        return sum;
    }

    /** Cause by cause sum of both. */
    public CauseTimes plus(CauseTimes other) {
        long[] sum = ns.clone();
        for (int i = 0; i < COUNT; i++) {
            sum[i] += other.ns[i];
        }
        return new CauseTimes(sum);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CauseTimes times && Arrays.equals(ns, times.ns);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ns);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (Cause cause : Cause.values()) {
            if (get(cause) != 0) {
                text.append(text.length() > 1 ? ", " : "")
                        .append(cause.key())
                        .append('=')
                        .append(get(cause));
            }
        }
        return text.append('}').toString();
    }
}
