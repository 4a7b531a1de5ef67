package io.github.bubbletrace.trace;

/** Stable ascending order of long keys, as a permutation, in time linear in their number. */
public final class RadixOrder {

    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;

    private RadixOrder() {}

    /** The permutation that sorts {@code keys}: {@code keys[order[0]] <= keys[order[1]] <= ...}; ties keep their order. */
    public static int[] of(long[] keys) {
        int n = keys.length;
        int[] order = new int[n];
        boolean sorted = true;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; i < n; i++) {
            order[i] = i;
            sorted &= i == 0 || keys[i - 1] <= keys[i];
            min = Math.min(min, keys[i]);
            max = Math.max(max, keys[i]);
        }
        return sorted ? order : sort(keys, order, min, max);
    }

    /** Whether {@code keys} ascend already. */
    public static boolean isSorted(long[] keys) {
        for (int i = 1; i < keys.length; i++) {
            if (keys[i - 1] > keys[i]) {
                return false;
            }
        }
        return true;
    }

    /** Digits of the distance to the smallest key: unsigned, so that the whole range of longs works. */
    private static int[] sort(long[] keys, int[] order, long min, long max) {
        int[] from = order;
        int[] to = new int[order.length];
        int width = Long.SIZE - Long.numberOfLeadingZeros(max - min);
        for (int shift = 0; shift < width; shift += BITS) {
            int[] starts = new int[BUCKETS + 1];
            for (long key : keys) {
                starts[digit(key - min, shift) + 1]++;
            }
            for (int b = 0; b < BUCKETS; b++) {
                starts[b + 1] += starts[b];
            }
            for (int index : from) {
                to[starts[digit(keys[index] - min, shift)]++] = index;
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static int digit(long distance, int shift) {
        return (int) (distance >>> shift) & (BUCKETS - 1);
    }
}
