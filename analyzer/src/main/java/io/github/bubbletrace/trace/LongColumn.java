package io.github.bubbletrace.trace;

import java.util.Arrays;

/** A growing column of {@code long} values. */
public final class LongColumn {

    private long[] values;
    private int size;

    /** An empty column. */
    public LongColumn() {
        this(16);
    }

    /** An empty column with room for {@code capacity} values. */
    public LongColumn(int capacity) {
        values = new long[Math.max(1, capacity)];
    }

    /** Appends {@code value}. */
    public void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.addExact(size, Math.max(16, size >> 1)));
        }
        values[size++] = value;
    }

    /** The value at {@code index}; no bounds beyond the array's own are checked. */
    public long get(int index) {
        return values[index];
    }

    /** Overwrites the value at {@code index}. */
    public void set(int index, long value) {
        values[index] = value;
    }

    /** How many values were added. */
    public int size() {
        return size;
    }

    /** A column that takes over {@code values}. */
    static LongColumn over(long[] values) {
        LongColumn column = new LongColumn();
        column.values = values;
        column.size = values.length;
        return column;
    }

    /** The values: the column's own array where it is full, to which nothing must be added from then on. */
    long[] release() {
        return size == values.length ? values : toArray();
    }

    /** The least of {@code values}, or {@link Long#MAX_VALUE} where there are none. */
    static long least(long[] values) {
        long least = Long.MAX_VALUE;
        for (long value : values) {
            least = value < least ? value : least;
        }
        return least;
    }

    /** A copy of the values. */
    public long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
