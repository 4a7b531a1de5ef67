package io.github.bubbletrace.format.sqlite;

import io.github.bubbletrace.trace.Cores;
import java.util.List;

/** Columns of a table as arrays, one entry a row in the order of the rowids. The arrays belong to the caller. */
public final class ColumnBlock {

    /** Stands for NULL among 64-bit integers. */
    public static final long NULL = Long.MIN_VALUE;

    private final int rows;
    private final Target[] columns;

    /** {@code rows} rows that are not filled in yet. */
    public ColumnBlock(List<Wanted> wanted, int rows) {
        this.rows = rows;
        columns = new Target[wanted.size()];
        // Fresh memory is slow to get, so every core gets its share.
        Cores.forEach(columns.length, c -> columns[c] = new Target(wanted.get(c), rows));
    }

    /** {@code parts} one after the other. */
    public static ColumnBlock concat(List<Wanted> wanted, List<ColumnBlock> parts) {
        ColumnBlock all = new ColumnBlock(
                wanted, parts.stream().mapToInt(ColumnBlock::rows).reduce(0, Math::addExact));
        int at = 0;
        for (ColumnBlock part : parts) {
            all.copy(part, at, part.rows);
            at += part.rows;
        }
        return all;
    }

    /** The same with room for {@code size} rows, or cut to them. */
    public ColumnBlock resized(List<Wanted> wanted, int size) {
        ColumnBlock resized = new ColumnBlock(wanted, size);
        resized.copy(this, 0, Math.min(rows, size));
        return resized;
    }

    private void copy(ColumnBlock from, int at, int count) {
        for (int c = 0; c < columns.length; c++) {
            System.arraycopy(from.columns[c].array(), 0, columns[c].array(), at, count);
        }
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** Column {@code index}, read as 64-bit integers. */
    public long[] longs(int index) {
        return columns[index].longs;
    }

    /** Column {@code index}, read as 32-bit integers. */
    public int[] ints(int index) {
        return columns[index].ints;
    }

    /** Column {@code index}, read as texts. */
    public String[] texts(int index) {
        return columns[index].texts;
    }

    /** Where the values of column {@code index} go. */
    public Target target(int index) {
        return columns[index];
    }

    Target[] targets() {
        return columns.clone();
    }

    /** One column to fill in: one of the three arrays is there. */
    public static final class Target {

        private final int absent;
        private final long[] longs;
        private final int[] ints;
        private final String[] texts;

        private Target(Wanted wanted, int rows) {
            absent = wanted.absent();
            longs = wanted.kind() == Wanted.Kind.LONG ? new long[rows] : null;
            ints = wanted.kind() == Wanted.Kind.INT ? new int[rows] : null;
            texts = wanted.kind() == Wanted.Kind.TEXT ? new String[rows] : null;
        }

        /** Whether it takes texts. */
        public boolean isText() {
            return texts != null;
        }

        /** Sets an integer, of which a column of 32 bits keeps the low ones. */
        public void put(int row, long value) {
            if (ints != null) {
                ints[row] = (int) value;
            } else if (longs != null) {
                longs[row] = value;
            } else {
                throw new DoubtException("integer as a text");
            }
        }

        /** The array to fill in where it is one of 64-bit integers, else null. */
        long[] ownLongs() {
            return longs;
        }

        /** Sets integers from {@code row} on, the first {@code count} of {@code values}. */
        void put(int row, long[] values, int count) {
            if (longs != null) {
                System.arraycopy(values, 0, longs, row, count);
            } else if (ints != null) {
                for (int i = 0; i < count; i++) {
                    ints[row + i] = (int) values[i];
                }
            } else {
                throw new DoubtException("integer as a text");
            }
        }

        /** Sets {@code count} rows to what stands for NULL. */
        void putNulls(int row, int count) {
            for (int i = 0; i < count; i++) {
                putNull(row + i);
            }
        }

        /** Sets a text. */
        public void put(int row, String value) {
            texts[row] = value;
        }

        /** Sets what stands for NULL. */
        public void putNull(int row) {
            if (ints != null) {
                ints[row] = absent;
            } else if (longs != null) {
                longs[row] = NULL;
            }
        }

        private Object array() {
            return ints != null ? ints : longs != null ? longs : texts;
        }
    }
}
