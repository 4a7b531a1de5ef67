package io.github.bubbletrace.trace;

import java.util.Arrays;

/** Remembers the numbers of the ids seen last, in front of a map that would box every one of millions of lookups. */
public final class RecentIds {

    private static final int BITS = 8;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final long[] ids = new long[1 << BITS];
    private final int[] numbers = new int[1 << BITS];

    /** Nothing remembered. */
    public RecentIds() {
        Arrays.fill(numbers, -1);
    }

    /** The number of {@code id}, or -1 where it is not remembered. */
    public int find(long id) {
        int slot = slot(id);
        return ids[slot] == id ? numbers[slot] : -1;
    }

    /** Remembers that {@code id} has {@code number}, and returns it. */
    public int keep(long id, int number) {
        int slot = slot(id);
        ids[slot] = id;
        numbers[slot] = number;
        return number;
    }

    private static int slot(long id) {
        return (int) ((id * SPREAD) >>> (Long.SIZE - BITS));
    }
}
