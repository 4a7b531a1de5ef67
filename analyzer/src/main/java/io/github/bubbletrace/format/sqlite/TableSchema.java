package io.github.bubbletrace.format.sqlite;

import java.util.List;
import java.util.Locale;

/**
 * A table that keeps its rows by rowid.
 *
 * @param root first page of its tree
 * @param columns as they stand in its records
 */
record TableSchema(int root, List<Column> columns) {

    /**
     * One column.
     *
     * @param name in lower case
     * @param isRowid whether it is another name for the rowid, and NULL in the records
     * @param isReal whether its integers are to be converted to floating point
     * @param hasDefault whether records written before it was added hold something else than NULL
     */
    record Column(String name, boolean isRowid, boolean isReal, boolean hasDefault) {}

    /** Place of the column called {@code name}, or -1. */
    int indexOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).name().equals(lower)) {
                return c;
            }
        }
        return -1;
    }
}
