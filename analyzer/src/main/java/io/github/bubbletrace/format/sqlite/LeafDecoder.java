package io.github.bubbletrace.format.sqlite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies the wanted columns of the rows of leaf pages into a block. One for each thread. */
final class LeafDecoder {

    private static final int LEAF_HEAD = 8;

    /** Sources of a wanted column beside the columns of the record. */
    private static final int ROWID = -1;

    private static final int NOWHERE = -2;

    private final FileHeader header;
    private final ColumnBlock.Target[] targets;
    private final Row row;
    private final int[] source;
    private final boolean[] hasDefault;
    private final Map<String, String> texts = new HashMap<>();

    /** Bytes of each column that is an integer in rows of the present shape, else 0; and where they stand. */
    private final int[] size;

    private final int[] offset;

    LeafDecoder(FileHeader header, TableSchema table, List<Wanted> wanted, ColumnBlock block) {
        this.header = header;
        targets = block.targets();
        source = new int[wanted.size()];
        hasDefault = new boolean[wanted.size()];
        size = new int[wanted.size()];
        offset = new int[wanted.size()];
        int columns = 0;
        for (int w = 0; w < source.length; w++) {
            int column = table.indexOf(wanted.get(w).name());
            source[w] = column < 0 ? NOWHERE : column;
            if (column >= 0) {
                DoubtException.unless(!table.columns().get(column).isReal(), "real column");
                hasDefault[w] = table.columns().get(column).hasDefault();
                source[w] = table.columns().get(column).isRowid() ? ROWID : column;
            }
            columns = Math.max(columns, column + 1);
        }
        row = new Row(header.usable(), columns);
    }

    /** How many rows the leaf at {@code base} holds. */
    static int rows(byte[] bytes, int base, int page) {
        int head = base + TableTree.headOf(page);
        DoubtException.unless(bytes[head] == TableTree.LEAF, "no leaf of a table");
        return Bytes.u16(bytes, head + 3);
    }

    /**
     * Decodes a leaf into the block's rows from {@code first} on; its rowids must ascend from above {@code after} up to
     * {@code last}.
     */
    void decode(byte[] bytes, int base, int page, int first, long after, long last) {
        int cells = rows(bytes, base, page);
        int pointers = base + TableTree.headOf(page) + LEAF_HEAD;
        int limit = base + header.usable();
        int content = pointers + 2 * cells;
        DoubtException.unless(content <= limit, "cell pointers");
        long previous = after;
        for (int i = 0; i < cells; i++) {
            int cell = base + Bytes.u16(bytes, pointers + 2 * i);
            DoubtException.unless(cell >= content && cell < limit, "cell offset");
            if (row.moveTo(bytes, cell, limit)) {
                adapt();
            }
            DoubtException.unless(
                    row.rowid() <= last && (row.rowid() > previous || (i == 0 && isLowest(after))), "order");
            previous = row.rowid();
            copy(bytes, first + i);
        }
    }

    /** Before the first leaf there is no rowid, so that the lowest of all longs is allowed in it. */
    private boolean isLowest(long after) {
        return after == Long.MIN_VALUE && row.rowid() == Long.MIN_VALUE;
    }

    /** Works out what is the same for all rows of the present shape. */
    private void adapt() {
        for (int w = 0; w < source.length; w++) {
            int column = source[w];
            boolean plain = column >= 0 && !targets[w].isText() && row.isStoredInteger(column);
            size[w] = plain ? row.size(column) : 0;
            offset[w] = plain ? row.offset(column) : 0;
        }
    }

    private void copy(byte[] bytes, int at) {
        int start = row.start();
        for (int w = 0; w < size.length; w++) {
            if (size[w] > 0) {
                targets[w].put(at, Bytes.signed(bytes, start + offset[w], size[w]));
            } else {
                copyOther(w, at);
            }
        }
    }

    private void copyOther(int w, int at) {
        int column = source[w];
        if (column == ROWID) {
            targets[w].put(at, row.rowid());
        } else if (column == NOWHERE) {
            targets[w].putNull(at);
        } else if (row.isNull(column)) {
            DoubtException.unless(!hasDefault[w] || !row.isMissing(column), "default of an added column");
            targets[w].putNull(at);
        } else if (targets[w].isText()) {
            targets[w].put(at, texts.computeIfAbsent(row.getText(column), t -> t));
        } else {
            targets[w].put(at, row.getLong(column));
        }
    }
}
