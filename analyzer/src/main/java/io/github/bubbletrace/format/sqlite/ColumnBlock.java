package io.github.bubbletrace.format.sqlite;

import io.github.bubbletrace.trace.Cores;
import java.util.Arrays;
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
            columns[c].copy(from.columns[c], at, count);
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

    /** A value of column {@code index}, read as rare integers; {@link #NULL} where there is none. */
    public long rareLong(int index, int row) {
        long[] values = columns[index].longs;
        return values == null ? NULL : values[row];
    }

    /** A value of column {@code index}, read as rare bytes; null where there is none. */
    public byte[] rareBytes(int index, int row) {
        byte[][] values = columns[index].bytes;
        return values == null ? null : values[row];
    }

    /** Where the values of column {@code index} go. */
    public Target target(int index) {
        return columns[index];
    }

    Target[] targets() {
        return columns.clone();
    }

    /** One column to fill in: one of the four arrays is there, of rare values once the first of them is. */
    public static final class Target {

        private final Wanted.Kind kind;
        private final int absent;
        private final int rows;
        private final int[] ints;
        private final String[] texts;
        private volatile long[] longs;
        private volatile byte[][] bytes;

        private Target(Wanted wanted, int rows) {
            kind = wanted.kind();
            absent = wanted.absent();
            this.rows = rows;
            longs = kind == Wanted.Kind.LONG ? new long[rows] : null;
            ints = kind == Wanted.Kind.INT ? new int[rows] : null;
            texts = kind == Wanted.Kind.TEXT ? new String[rows] : null;
        }

        /** Whether it takes texts. */
        public boolean isText() {
            return texts != null;
        }

        /** Whether it takes bytes. */
        public boolean isBytes() {
            return kind == Wanted.Kind.RARE_BYTES;
        }

        /** Sets an integer, of which a column of 32 bits keeps the low ones. */
        public void put(int row, long value) {
            if (ints != null) {
                ints[row] = (int) value;
            } else {
                longs()[row] = value;
            }
        }

        /** The array to fill in where it is one of 64-bit integers, else null. */
        long[] ownLongs() {
            return longs;
        }

        /** Sets integers from {@code row} on, the first {@code count} of {@code values}. */
        void put(int row, long[] values, int count) {
            if (ints != null) {
                for (int i = 0; i < count; i++) {
                    ints[row + i] = (int) values[i];
                }
            } else {
                System.arraycopy(values, 0, longs(), row, count);
            }
        }

        /** Sets {@code count} rows to what stands for NULL. */
        void putNulls(int row, int count) {
            long[] own = longs;
            if (ints != null) {
                Arrays.fill(ints, row, row + count, absent);
            } else if (own != null) {
                Arrays.fill(own, row, row + count, NULL);
            }
        }

        /** Sets a text. */
        public void put(int row, String value) {
            texts[row] = value;
        }

        /** Sets bytes; none and too many count as absent. */
        public void put(int row, byte[] value) {
            if (value.length > 0 && value.length <= Wanted.MOST_BYTES) {
                bytes()[row] = value;
            }
        }

        /** Sets what stands for NULL. */
        public void putNull(int row) {
            long[] own = longs;
            if (ints != null) {
                ints[row] = absent;
            } else if (own != null) {
                own[row] = NULL;
            }
        }

        private long[] longs() {
            long[] own = longs;
            return own != null ? own : firstLongs();
        }

        /** Leaves are decoded side by side, so the first value of several threads makes the array once. */
        private synchronized long[] firstLongs() {
            DoubtException.unless(kind == Wanted.Kind.RARE_LONG || longs != null, "integer as a text");
            if (longs == null) {
                long[] made = new long[rows];
                Arrays.fill(made, NULL);
                longs = made;
            }
            return longs;
        }

        private synchronized byte[][] bytes() {
            if (bytes == null) {
                bytes = new byte[rows][];
            }
            return bytes;
        }

        private void copy(Target from, int at, int count) {
            Object own = from.array();
            if (own != null) {
                System.arraycopy(
                        own, 0, from.longs != null ? longs() : from.bytes != null ? bytes() : array(), at, count);
            }
        }

        private Object array() {
            return ints != null ? ints : texts != null ? texts : longs != null ? longs : bytes;
        }
    }
}
