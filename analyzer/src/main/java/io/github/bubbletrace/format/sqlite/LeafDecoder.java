package io.github.bubbletrace.format.sqlite;

import java.util.List;

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

    private final RowBatch batch;

    LeafDecoder(FileHeader header, TableSchema table, List<Wanted> wanted, ColumnBlock block) {
        this.header = header;
        targets = block.targets();
        source = new int[wanted.size()];
        hasDefault = new boolean[wanted.size()];
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
        batch = new RowBatch(header.pageSize() / TableScan.FEWEST_BYTES_A_ROW);
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
            if (!row.moveTo(bytes, cell, limit)) {
                copy(bytes, first + i - batch.size());
                row.takeShape();
            }
            DoubtException.unless(
                    row.rowid() <= last && (row.rowid() > previous || (i == 0 && isLowest(after))), "order");
            previous = row.rowid();
            batch.add(row.start(), row.rowid());
        }
        copy(bytes, first + cells - batch.size());
    }

    /** Before the first leaf there is no rowid, so that the lowest of all longs is allowed in it. */
    private boolean isLowest(long after) {
        return after == Long.MIN_VALUE && row.rowid() == Long.MIN_VALUE;
    }

    /** Copies the rows gathered, all of the row's present shape, to those from {@code at} on. */
    private void copy(byte[] bytes, int at) {
        for (int w = 0; w < source.length && batch.size() > 0; w++) {
            copy(bytes, w, at);
        }
        batch.clear();
    }

    private void copy(byte[] bytes, int w, int at) {
        int column = source[w];
        ColumnBlock.Target target = targets[w];
        if (column == ROWID) {
            batch.copyRowids(target, at);
        } else if (column == NOWHERE) {
            target.putNulls(at, batch.size());
        } else if (row.isNull(column)) {
            DoubtException.unless(!hasDefault[w] || !row.isMissing(column), "default of an added column");
            target.putNulls(at, batch.size());
        } else if (target.isBytes()) {
            if (row.isShort(column)) {
                batch.copyBytes(bytes, row.offset(column), row.bytesSize(column), target, at);
            }
        } else if (target.isText()) {
            batch.copyTexts(bytes, row.offset(column), row.textSize(column), target, at);
        } else if (row.isConstant(column)) {
            batch.copyConstant(row.constant(column), target, at);
        } else {
            DoubtException.unless(row.isStoredInteger(column), "no integer");
            batch.copyIntegers(bytes, row.offset(column), row.size(column), target, at);
        }
    }
}
