package io.github.bubbletrace.format.sqlite;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import java.util.BitSet;

/** The leaf pages of one table in the order of its rowids, and the largest rowid that each may hold. */
final class TableTree {

    static final int INTERIOR = 5;
    static final int LEAF = 13;

    private static final int MOST_LEVELS = 20;
    private static final int INTERIOR_HEAD = 12;

    private final FileHeader header;
    private final PageReader reader;
    private final BitSet seen = new BitSet();
    private final IntColumn leaves = new IntColumn();
    private final LongColumn lastRowids = new LongColumn();

    private TableTree(FileHeader header, PageReader reader) {
        this.header = header;
        this.reader = reader;
    }

    /** Walks the interior pages below {@code root}. */
    static TableTree of(FileHeader header, PageReader reader, int root) {
        TableTree tree = new TableTree(header, reader);
        tree.walk(root, Long.MAX_VALUE, 0);
        return tree;
    }

    int[] leaves() {
        return leaves.toArray();
    }

    /** The largest rowid each leaf may hold; of the last leaf {@link Long#MAX_VALUE}. */
    long[] lastRowids() {
        return lastRowids.toArray();
    }

    private void walk(int page, long lastRowid, int level) {
        DoubtException.unless(level < MOST_LEVELS, "too many levels");
        switch (typeOf(page)) {
            case LEAF -> addLeaf(page, lastRowid);
            case INTERIOR -> walkInterior(page, lastRowid, level);
            default -> throw new DoubtException("no page of a table");
        }
    }

    private int typeOf(int page) {
        int offset = reader.load(page);
        return reader.bytes()[offset + headOf(page)];
    }

    private void addLeaf(int page, long lastRowid) {
        visit(page);
        leaves.add(page);
        lastRowids.add(lastRowid);
    }

    private void walkInterior(int page, long lastRowid, int level) {
        visit(page);
        IntColumn children = new IntColumn();
        LongColumn keys = new LongColumn();
        readInterior(page, children, keys);
        keys.add(lastRowid);
        boolean aboveLeaves = typeOf(children.get(0)) == LEAF;
        for (int i = 0; i < children.size(); i++) {
            DoubtException.unless(
                    keys.get(i) <= lastRowid && (i == 0 || keys.get(i - 1) < keys.get(i)), "order of keys");
            if (aboveLeaves) {
                // Whether it is a leaf in truth is seen when its rows are read.
                addLeaf(children.get(i), keys.get(i));
            } else {
                walk(children.get(i), keys.get(i), level + 1);
            }
        }
    }

    private void readInterior(int page, IntColumn children, LongColumn keys) {
        int base = reader.load(page);
        byte[] bytes = reader.bytes();
        int head = base + headOf(page);
        int cells = Bytes.u16(bytes, head + 3);
        int pointers = head + INTERIOR_HEAD;
        int limit = base + header.usable();
        DoubtException.unless(pointers + 2 * cells <= limit, "cell pointers");
        for (int i = 0; i < cells; i++) {
            int cell = base + Bytes.u16(bytes, pointers + 2 * i);
            DoubtException.unless(cell >= pointers + 2 * cells && cell + 5 <= limit, "cell offset");
            children.add(Bytes.i32(bytes, cell));
            DoubtException.unless(cell + 4 + Bytes.varintLength(bytes, cell + 4) <= limit, "cell end");
            keys.add(Bytes.varint(bytes, cell + 4));
        }
        children.add(Bytes.i32(bytes, head + 8));
    }

    private void visit(int page) {
        DoubtException.unless(page >= 1 && page <= header.pages() && !seen.get(page), "page visited twice");
        seen.set(page);
    }

    /** The first page begins with the file's header. */
    static int headOf(int page) {
        return page == 1 ? FileHeader.BYTES : 0;
    }
}
