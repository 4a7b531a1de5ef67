package io.github.bubbletrace.trace;

import java.util.Arrays;

/** Growing columns of one table: longs first, then ints. */
final class Columns {

    final LongColumn[] longs;
    final IntColumn[] ints;

    Columns(int longColumns, int intColumns) {
        longs = new LongColumn[longColumns];
        ints = new IntColumn[intColumns];
        Arrays.setAll(longs, i -> new LongColumn());
        Arrays.setAll(ints, i -> new IntColumn());
    }

    Columns time(long first) {
        longs[0].add(first);
        return this;
    }

    Columns times(long first, long second) {
        longs[1].add(second);
        return time(first);
    }

    void add(int... values) {
        for (int i = 0; i < values.length; i++) {
            ints[i].add(values[i]);
        }
    }

    int rows() {
        return longs[0].size();
    }

    void take(long[][] allLongs, int[][] allInts) {
        Arrays.setAll(longs, c -> LongColumn.over(allLongs[c]));
        Arrays.setAll(ints, c -> IntColumn.over(allInts[c]));
    }

    long latest(int column) {
        long latest = 0;
        for (int row = 0; row < rows(); row++) {
            latest = row == 0 ? longs[column].get(0) : Math.max(latest, longs[column].get(row));
        }
        return latest;
    }

    /** The order of the rows by start, or null where they have it already. */
    int[] byStart() {
        long[] start = longs[0].release();
        return RadixOrder.isSorted(start) ? null : RadixOrder.of(start);
    }

    /** Gives the column up in {@code order}; null leaves it as it is. */
    long[] longs(int column, int[] order) {
        long[] own = longs[column].release();
        if (order == null) {
            return own;
        }
        long[] sorted = new long[order.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = own[order[i]];
        }
        return sorted;
    }

    /** The same of a column of ints, which are numbered after the longs. */
    int[] ints(int column, int[] order) {
        int[] own = ints[column - longs.length].release();
        if (order == null) {
            return own;
        }
        int[] sorted = new int[order.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = own[order[i]];
        }
        return sorted;
    }

    byte[] bytes(int column, int[] order) {
        int[] own = ints(column, order);
        byte[] sorted = new byte[own.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = (byte) own[i];
        }
        return sorted;
    }
}
