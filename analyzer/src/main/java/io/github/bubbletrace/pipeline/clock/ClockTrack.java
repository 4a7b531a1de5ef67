package io.github.bubbletrace.pipeline.clock;

import io.github.bubbletrace.trace.FileClock;
import io.github.bubbletrace.trace.LongColumn;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Follows the difference of two clocks through all transfers of their files, block by block. Clocks that keep time are a
 * shift apart, those that drift evenly a line; where neither fits, blocks are joined by lines.
 */
final class ClockTrack {

    private static final int LARGEST_BLOCK = 64;
    private static final int SMALLEST_BLOCK = 8;
    private static final int BLOCKS = 8;

    /** So many transfers of a block must meet. */
    private static final int LEAST = 3;

    private static final int REFINEMENTS = 2;

    /** Clocks that drift faster have met wrong peers. */
    private static final double FASTEST = 200e-6;

    /** A simpler form may leave this much more than a finer one, and {@link #ROUNDING_NS}. */
    private static final double AS_GOOD = 1.25;

    private static final long ROUNDING_NS = 5;
    private static final long SMALLEST_ERROR_NS = 80;
    private static final int SCATTERS = 5;

    /** Drift is told by how much a clock differs after so long. */
    private static final long LONG_NS = 1_000_000_000_000L;

    private final TransferEnds one;
    private final TransferEnds other;
    private final int block;
    private FileClock clock;
    private LongColumn atNs = new LongColumn();
    private LongColumn shownNs = new LongColumn();

    private ClockTrack(TransferEnds one, TransferEnds other, FileClock clock) {
        this.one = one;
        this.other = other;
        this.clock = clock;
        block = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, one.size() / BLOCKS));
    }

    static ClockTrack of(TransferEnds one, TransferEnds other, RoughDifference rough) {
        ClockTrack track =
                new ClockTrack(one, other, line(rough.atNs(), rough.atNs() + rough.offsetNs(), rough.drift()));
        track.follow(one.firstFrom(rough.atNs()), rough);
        for (int i = 0; i < REFINEMENTS; i++) {
            track.refine();
        }
        track.simplify();
        return track;
    }

    /** From the first file's time to the other's. */
    FileClock clock() {
        return clock;
    }

    /** What transfers scatter about that, in nanoseconds. */
    long errorNs() {
        return errorNs(apartNs(clock));
    }

    /** The error of a clock by how far apart both sides of its transfers end. */
    static long errorNs(long[] apartNs) {
        return Math.max(SMALLEST_ERROR_NS, SCATTERS * median(apartNs.clone()));
    }

    /** From block to block; each says where the next one is. */
    private void follow(int from, RoughDifference rough) {
        for (int i = from; i < one.size(); i += block) {
            if (addPoint(i, Math.min(one.size(), i + block), rough.withinNs())) {
                int last = atNs.size() - 1;
                clock = line(atNs.get(last), shownNs.get(last), drift(last, rough.drift()));
            }
        }
        clock = joined();
    }

    private double drift(int last, double rough) {
        if (last == 0) {
            return rough;
        }
        double lasts = atNs.get(last) - atNs.get(last - 1);
        double drift = (shownNs.get(last) - shownNs.get(last - 1) - lasts) / lasts;
        return Math.abs(drift) <= FASTEST ? drift : rough;
    }

    private void refine() {
        atNs = new LongColumn();
        shownNs = new LongColumn();
        for (int i = 0; i < one.size(); i += block) {
            addPoint(i, Math.min(one.size(), i + block), RoughDifference.NEAR_NS);
        }
        clock = joined();
    }

    /** The middle of a block, where enough of its transfers meet and time goes on. */
    private boolean addPoint(int from, int to, long withinNs) {
        LongColumn beside = new LongColumn();
        LongColumn met = new LongColumn();
        for (int i = from; i < to; i++) {
            long difference = besideNs(i, withinNs);
            if (difference != Long.MAX_VALUE) {
                beside.add(difference);
                met.add(one.endNs(i));
            }
        }
        if (beside.size() < LEAST) {
            return false;
        }
        long at = met.get(met.size() / 2);
        long shown = clock.at(at) + median(beside.toArray());
        int last = atNs.size() - 1;
        if (last >= 0 && (at <= atNs.get(last) || shown <= shownNs.get(last))) {
            return false;
        }
        atNs.add(at);
        shownNs.add(shown);
        return true;
    }

    /** How much later than expected the nearest other side of a transfer ended; the largest number where there is none. */
    private long besideNs(int i, long withinNs) {
        long expected = clock.at(one.endNs(i));
        long nearest = Long.MAX_VALUE;
        for (int j = other.firstFrom(expected - withinNs);
                j < other.size() && other.endNs(j) - expected <= withinNs;
                j++) {
            long difference = other.endNs(j) - expected;
            if (Math.abs(difference) < Math.abs(nearest) && one.mayMeet(i, other, j)) {
                nearest = difference;
            }
        }
        return nearest;
    }

    private FileClock joined() {
        return atNs.size() == 0 ? clock : FileClock.through(atNs, shownNs);
    }

    /** Takes the simplest form that leaves hardly more than the finest one. */
    private void simplify() {
        if (atNs.size() < 2) {
            return;
        }
        double allowed = AS_GOOD * median(apartNs(clock)) + ROUNDING_NS;
        for (FileClock simpler : new FileClock[] {shift(), fitted()}) {
            if (median(apartNs(simpler)) <= allowed) {
                clock = simpler;
                return;
            }
        }
    }

    private FileClock shift() {
        return FileClock.shifted(median(points(i -> shownNs.get(i) - atNs.get(i))));
    }

    /** The median of what points half the trace apart drift. */
    private FileClock fitted() {
        int half = Math.max(1, atNs.size() / 2);
        double[] drifts = IntStream.range(0, atNs.size() - half)
                .mapToDouble(i -> {
                    double lasts = atNs.get(i + half) - atNs.get(i);
                    return (shownNs.get(i + half) - shownNs.get(i) - lasts) / lasts;
                })
                .sorted()
                .toArray();
        double drift = drifts[drifts.length / 2];
        long start = atNs.get(0);
        long shown = median(points(i -> shownNs.get(i) - Math.round((atNs.get(i) - start) * (1 + drift))));
        return line(start, shown, drift);
    }

    private long[] points(IntToLongFunction value) {
        return IntStream.range(0, atNs.size()).mapToLong(value).toArray();
    }

    private static FileClock line(long atNs, long shownNs, double drift) {
        LongColumn at = new LongColumn();
        LongColumn shown = new LongColumn();
        at.add(atNs);
        shown.add(shownNs);
        at.add(atNs + LONG_NS);
        shown.add(shownNs + LONG_NS + Math.round(LONG_NS * drift));
        return FileClock.through(at, shown);
    }

    /** How far other sides end from where {@code tried} expects them. */
    private long[] apartNs(FileClock tried) {
        FileClock before = clock;
        LongColumn apart = new LongColumn();
        for (int i = 0; i < one.size(); i++) {
            long beside = besideNs(i, RoughDifference.NEAR_NS);
            if (beside != Long.MAX_VALUE) {
                apart.add(Math.abs(before.at(one.endNs(i)) + beside - tried.at(one.endNs(i))));
            }
        }
        return apart.toArray();
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values.length == 0 ? 0 : values[values.length / 2];
    }
}
