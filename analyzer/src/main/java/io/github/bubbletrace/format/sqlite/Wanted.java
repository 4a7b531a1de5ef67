package io.github.bubbletrace.format.sqlite;

/**
 * One column to read.
 *
 * @param name its name, whatever its case
 * @param kind what to read it as
 * @param absent stands for NULL in an integer column
 */
public record Wanted(String name, Kind kind, int absent) {

    /** How a column is kept. */
    public enum Kind {
        /** 64 bits; NULL is {@link ColumnBlock#NULL}. */
        LONG,
        /** The low 32 bits. */
        INT,
        /** A text, or null. */
        TEXT,
        /** 64 bits that few tables have: memory is taken only where one is there. */
        RARE_LONG,
        /** The bytes of a blob or text that is short enough, or null; memory as for rare integers. */
        RARE_BYTES
    }

    /** No blob of interest is longer: a longer one counts as absent. */
    public static final int MOST_BYTES = 1024;

    /** A column of 64-bit integers. */
    public static Wanted longs(String name) {
        return new Wanted(name, Kind.LONG, 0);
    }

    /** A column of 32-bit integers with {@code absent} for NULL. */
    public static Wanted ints(String name, int absent) {
        return new Wanted(name, Kind.INT, absent);
    }

    /** A column of 64-bit integers that are mostly NULL. */
    public static Wanted rareLongs(String name) {
        return new Wanted(name, Kind.RARE_LONG, 0);
    }

    /** A column of blobs or texts that are mostly NULL; those longer than {@link #MOST_BYTES} are taken for it. */
    public static Wanted rareBytes(String name) {
        return new Wanted(name, Kind.RARE_BYTES, 0);
    }

    /** A column of texts. */
    public static Wanted texts(String name) {
        return new Wanted(name, Kind.TEXT, 0);
    }
}
