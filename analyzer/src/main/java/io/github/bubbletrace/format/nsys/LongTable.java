package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.trace.LongColumn;
import java.util.Arrays;
import java.util.List;

/** Columns of integers as they stand in a table of the export. */
final class LongTable {

    private final LongColumn[] columns;

    private LongTable(LongColumn[] columns) {
        this.columns = columns;
    }

    static LongTable empty(int columns) {
        LongColumn[] empty = new LongColumn[columns];
        Arrays.setAll(empty, c -> new LongColumn());
        return new LongTable(empty);
    }

    static LongTable concat(List<LongTable> parts) {
        LongTable all = empty(parts.get(0).columns.length);
        for (LongTable part : parts) {
            for (int c = 0; c < all.columns.length; c++) {
                for (int row = 0; row < part.rows(); row++) {
                    all.columns[c].add(part.get(c, row));
                }
            }
        }
        return all;
    }

    void add(int column, long value) {
        columns[column].add(value);
    }

    int rows() {
        return columns[0].size();
    }

    long get(int column, int row) {
        return columns[column].get(row);
    }

    /** The value as an int: {@code absent} where it is NULL, its low 32 bits where it is larger. */
    int getInt(int column, int row, int absent) {
        long value = columns[column].get(row);
        return value == TableReader.NULL ? absent : (int) value;
    }
}
