package io.github.bubbletrace.trace;

import java.util.Arrays;

/** A growing column of {@code int} values. */
public final class IntColumn {

    private int[] values;
    private int size;

    /** An empty column. */
    public IntColumn() {
        this(16);
    }

    /** An empty column with room for {@code capacity} values. */
    public IntColumn(int capacity) {
        values = new int[Math.max(1, capacity)];
    }

    /** Appends {@code value}. */
    public void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.addExact(size, Math.max(16, size >> 1)));
        }
        values[size++] = value;
    }

    /** The value at {@code index}; no bounds beyond the array's own are checked. */
    public int get(int index) {
        return values[index];
    }

    /** Overwrites the value at {@code index}. */
    public void set(int index, int value) {
        values[index] = value;
    }

    /** How many values were added. */
    public int size() {
        return size;
    }

    /** A column that takes over {@code values}. */
    static IntColumn over(int[] values) {
        IntColumn column = new IntColumn();
        column.values = values;
        column.size = values.length;
        return column;
    }

    /** The values: the column's own array where it is full, to which nothing must be added from then on. */
    int[] release() {
        return size == values.length ? values : toArray();
    }

    /** A copy of the values. */
    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
