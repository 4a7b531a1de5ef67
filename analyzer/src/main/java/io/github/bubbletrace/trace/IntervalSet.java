package io.github.bubbletrace.trace;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Disjoint half-open intervals of time in ascending order, as two columns of nanoseconds. Touching intervals are one.
 * Immutable.
 */
public final class IntervalSet {

    /** No interval. */
    public static final IntervalSet EMPTY = new IntervalSet(new long[0], new long[0]);

    private final long[] startNs;
    private final long[] endNs;

    private IntervalSet(long[] startNs, long[] endNs) {
        this.startNs = startNs;
        this.endNs = endNs;
    }

    /** One interval; none where it is empty. */
    public static IntervalSet of(long startNs, long endNs) {
        return endNs <= startNs ? EMPTY : new IntervalSet(new long[] {startNs}, new long[] {endNs});
    }

    /** The union of any intervals, in any order; those that are empty or reversed are left out. */
    public static IntervalSet union(LongColumn starts, LongColumn ends) {
        long[] start = starts.toArray();
        int[] order = RadixOrder.of(start);
        Builder union = new Builder();
        for (int i : order) {
            union.add(start[i], ends.get(i));
        }
        return union.build();
    }

    /** Number of intervals. */
    public int size() {
        return startNs.length;
    }

    /** Start of interval {@code index}. */
    public long startNs(int index) {
        return startNs[index];
    }

    /** End of interval {@code index}, not part of it. */
    public long endNs(int index) {
        return endNs[index];
    }

    /** The part of this set within [{@code fromNs}, {@code toNs}). */
    public IntervalSet clip(long fromNs, long toNs) {
        Builder clipped = new Builder();
        for (int i = firstEndingAfter(fromNs); i < size() && startNs[i] < toNs; i++) {
            clipped.add(Math.max(startNs[i], fromNs), Math.min(endNs[i], toNs));
        }
        return clipped.build();
    }

    /** What of [{@code fromNs}, {@code toNs}) is not in this set. */
    public IntervalSet complement(long fromNs, long toNs) {
        Builder gaps = new Builder();
        long cursor = fromNs;
        for (int i = firstEndingAfter(fromNs); i < size() && startNs[i] < toNs; i++) {
            gaps.add(cursor, Math.min(startNs[i], toNs));
            cursor = endNs[i];
        }
        gaps.add(cursor, toNs);
        return gaps.build();
    }

    /** What is in both sets. */
    public IntervalSet intersect(IntervalSet other) {
        Builder both = new Builder();
        int i = 0;
        int j = 0;
        while (i < size() && j < other.size()) {
            both.add(Math.max(startNs[i], other.startNs[j]), Math.min(endNs[i], other.endNs[j]));
            if (endNs[i] < other.endNs[j]) {
                i++;
            } else {
                j++;
            }
        }
        return both.build();
    }

    /** What is in either set. */
    public IntervalSet plus(IntervalSet other) {
        Builder either = new Builder();
        int i = 0;
        int j = 0;
        while (i < size() || j < other.size()) {
            if (j == other.size() || (i < size() && startNs[i] <= other.startNs[j])) {
                either.add(startNs[i], endNs[i++]);
            } else {
                either.add(other.startNs[j], other.endNs[j++]);
            }
        }
        return either.build();
    }

    /** What is in this set and not in {@code other}. */
    public IntervalSet minus(IntervalSet other) {
        return size() == 0 ? EMPTY : intersect(other.complement(startNs[0], endNs[size() - 1]));
    }

    /**
     * The same intervals at other times.
     *
     * @param time where a moment goes; of two moments the later never goes first
     */
    public IntervalSet moved(LongUnaryOperator time) {
        Builder moved = new Builder();
        for (int i = 0; i < size(); i++) {
            moved.add(time.applyAsLong(startNs[i]), time.applyAsLong(endNs[i]));
        }
        return moved.build();
    }

    /** Sum of the intervals' lengths, in nanoseconds. */
    public long totalNs() {
        long total = 0;
        for (int i = 0; i < size(); i++) {
            total += endNs[i] - startNs[i];
        }
        return total;
    }

    /** How much of [{@code fromNs}, {@code toNs}) is in this set, in nanoseconds. */
    public long coveredNs(long fromNs, long toNs) {
        long total = 0;
        for (int i = firstEndingAfter(fromNs); i < size() && startNs[i] < toNs; i++) {
            total += Math.min(endNs[i], toNs) - Math.max(startNs[i], fromNs);
        }
        return total;
    }

    /** Whether any moment of [{@code fromNs}, {@code toNs}), or {@code fromNs} itself where it is empty, is in this set. */
    public boolean meets(long fromNs, long toNs) {
        int first = firstEndingAfter(fromNs);
        return first < size() && startNs[first] < Math.max(fromNs + 1, toNs);
    }

    private int firstEndingAfter(long timeNs) {
        int found = Arrays.binarySearch(endNs, timeNs);
        return found >= 0 ? found + 1 : -found - 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntervalSet set
                && Arrays.equals(startNs, set.startNs)
                && Arrays.equals(endNs, set.endNs);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(startNs) + Arrays.hashCode(endNs);
    }

    /** Collects intervals in any order, at no cost of sorting where their starts ascend. */
    public static final class Builder {

        private final LongColumn starts = new LongColumn();
        private final LongColumn ends = new LongColumn();
        private long lastStart = Long.MIN_VALUE;
        private long lastEnd = Long.MIN_VALUE;
        private boolean sorted = true;

        /** Adds an interval; empty ones are left out. */
        public void add(long startNs, long endNs) {
            if (endNs <= startNs) {
                return;
            }
            if (startNs >= lastStart && startNs <= lastEnd) {
                if (endNs > lastEnd) {
                    lastEnd = endNs;
                    ends.set(ends.size() - 1, endNs);
                }
                return;
            }
            sorted &= startNs >= lastStart;
            starts.add(startNs);
            ends.add(endNs);
            lastStart = startNs;
            lastEnd = endNs;
        }

        /** Freezes the set. */
        public IntervalSet build() {
            if (starts.size() == 0) {
                return EMPTY;
            }
            return sorted ? new IntervalSet(starts.toArray(), ends.toArray()) : union(starts, ends);
        }
    }
}
