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
        TEXT
    }

    /** A column of 64-bit integers. */
    public static Wanted longs(String name) {
        return new Wanted(name, Kind.LONG, 0);
    }

    /** A column of 32-bit integers with {@code absent} for NULL. */
    public static Wanted ints(String name, int absent) {
        return new Wanted(name, Kind.INT, absent);
    }

    /** A column of texts. */
    public static Wanted texts(String name) {
        return new Wanted(name, Kind.TEXT, 0);
    }
}
