package io.github.bubbletrace.format.sqlite;

import io.github.bubbletrace.trace.Cores;
import java.util.List;

/** Reads one table: counts the rows of its leaves, then decodes them side by side into their places. */
final class TableScan {

    /** Parts for each core, so that one held up by others of the machine does not hold up the rest. */
    private static final int PARTS = 4 * Runtime.getRuntime().availableProcessors();

    private static final int FEWEST_LEAVES_A_PART = 64;

    /** A row takes two bytes of pointer and at least four of cell. */
    static final int FEWEST_BYTES_A_ROW = 6;

    private final PageSource source;
    private final FileHeader header;
    private final TableSchema table;
    private final List<Wanted> wanted;
    private final int[] leaves;
    private final long[] lastRowids;

    TableScan(PageSource source, TableSchema table, List<Wanted> wanted) {
        this.source = source;
        header = source.header();
        this.table = table;
        this.wanted = wanted;
        TableTree tree = TableTree.of(header, reader(), table.root());
        leaves = tree.leaves();
        lastRowids = tree.lastRowids();
    }

    /** The rows; where rowids have gaps, the leaves are counted one by one first. */
    ColumnBlock read() {
        int[] firstRow = firstRows(false);
        try {
            return decode(firstRow);
        } catch (CountException e) {
            return decode(firstRows(true));
        }
    }

    /** The leaf holds another number of rows than its rowids promised. */
    private static final class CountException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CountException() {
            super(null, null, false, false);
        }
    }

    /** The row at which each leaf begins, and after them the number of all rows. */
    private int[] firstRows(boolean counted) {
        PageReader reader = reader();
        int[] first = new int[leaves.length + 1];
        for (int i = 0; i < leaves.length; i++) {
            long promised = i == 0 || i == leaves.length - 1 ? -1 : lastRowids[i] - lastRowids[i - 1];
            boolean known = !counted && promised > 0 && promised <= header.pageSize() / FEWEST_BYTES_A_ROW;
            int rows = known ? (int) promised : count(reader, i);
            first[i + 1] = Math.addExact(first[i], rows);
        }
        return first;
    }

    private int count(PageReader reader, int leaf) {
        int base = reader.load(leaves, leaf);
        int rows = LeafDecoder.rows(reader.bytes(), base, leaves[leaf]);
        DoubtException.unless(rows <= header.pageSize() / FEWEST_BYTES_A_ROW, "cell count");
        return rows;
    }

    private ColumnBlock decode(int[] firstRow) {
        ColumnBlock block = new ColumnBlock(wanted, firstRow[leaves.length]);
        int size = Math.max(FEWEST_LEAVES_A_PART, (leaves.length + PARTS - 1) / PARTS);
        Cores.forEach((leaves.length + size - 1) / size, part -> decodePart(part * size, size, firstRow, block));
        return block;
    }

    private void decodePart(int start, int size, int[] firstRow, ColumnBlock block) {
        PageReader reader = reader();
        LeafDecoder decoder = new LeafDecoder(header, table, wanted, block);
        int end = Math.min(leaves.length, start + size);
        for (int leaf = start; leaf < end; leaf++) {
            int base = reader.load(leaves, leaf);
            int rows = LeafDecoder.rows(reader.bytes(), base, leaves[leaf]);
            if (rows != firstRow[leaf + 1] - firstRow[leaf]) {
                throw new CountException();
            }
            long after = leaf == 0 ? Long.MIN_VALUE : lastRowids[leaf - 1];
            decoder.decode(reader.bytes(), base, leaves[leaf], firstRow[leaf], after, lastRowids[leaf]);
        }
    }

    private PageReader reader() {
        return new PageReader(source);
    }
}
