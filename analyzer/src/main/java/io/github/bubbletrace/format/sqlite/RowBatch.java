package io.github.bubbletrace.format.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Rows of one shape in a row on one page, which are copied column by column: where all values of a column stand equally
 * far behind their rows' beginnings and are equally long, a loop that knows so takes a fraction of the time.
 */
final class RowBatch {

    private final int[] starts;
    private final long[] rowids;
    private final long[] values;
    private final Map<String, String> texts = new HashMap<>();
    private int size;

    /** A batch of at most {@code capacity} rows. */
    RowBatch(int capacity) {
        starts = new int[capacity];
        rowids = new long[capacity];
        values = new long[capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Adds the row whose record begins at {@code start} of the page's bytes. */
    void add(int start, long rowid) {
        starts[size] = start;
        rowids[size++] = rowid;
    }

    /** Puts the rowids into {@code target} from {@code at} on. */
    void copyRowids(ColumnBlock.Target target, int at) {
        target.put(at, rowids, size);
    }

    /** Puts {@code value} into every row. */
    void copyConstant(long value, ColumnBlock.Target target, int at) {
        Arrays.fill(values, 0, size, value);
        target.put(at, values, size);
    }

    /** Puts the integers of {@code bytes} bytes that stand {@code offset} behind the rows' beginnings. */
    void copyIntegers(byte[] page, int offset, int bytes, ColumnBlock.Target target, int at) {
        long[] own = target.ownLongs();
        if (own != null) {
            read(page, offset, bytes, own, at);
        } else {
            read(page, offset, bytes, values, 0);
            target.put(at, values, size);
        }
    }

    private void read(byte[] page, int offset, int bytes, long[] out, int at) {
        switch (bytes) {
            case 1 -> readBytes(page, offset, out, at);
            case 2 -> readShorts(page, offset, out, at);
            case 3 -> readThree(page, offset, out, at);
            case 4 -> readInts(page, offset, out, at);
            case 6 -> readSix(page, offset, out, at);
            default -> readLongs(page, offset, out, at);
        }
    }

    /** Puts the texts of {@code bytes} bytes that stand {@code offset} behind the rows' beginnings. */
    void copyTexts(byte[] page, int offset, int bytes, ColumnBlock.Target target, int at) {
        for (int i = 0; i < size; i++) {
            String text = new String(page, starts[i] + offset, bytes, StandardCharsets.UTF_8);
            DoubtException.unless(text.indexOf('\uFFFD') < 0 && text.indexOf(0) < 0, "odd text");
            target.put(at + i, texts.computeIfAbsent(text, t -> t));
        }
    }

    /** Puts the blobs of {@code bytes} bytes that stand {@code offset} behind the rows' beginnings. */
    void copyBytes(byte[] page, int offset, int bytes, ColumnBlock.Target target, int at) {
        for (int i = 0; i < size; i++) {
            int from = starts[i] + offset;
            target.put(at + i, Arrays.copyOfRange(page, from, from + bytes));
        }
    }

    private void readBytes(byte[] page, int offset, long[] out, int at) {
        for (int i = 0; i < size; i++) {
            out[at + i] = page[starts[i] + offset];
        }
    }

    private void readShorts(byte[] page, int offset, long[] out, int at) {
        for (int i = 0; i < size; i++) {
            out[at + i] = (short) Bytes.u16(page, starts[i] + offset);
        }
    }

    private void readThree(byte[] page, int offset, long[] out, int at) {
        for (int i = 0; i < size; i++) {
            out[at + i] = Bytes.i24(page, starts[i] + offset);
        }
    }

    private void readInts(byte[] page, int offset, long[] out, int at) {
        for (int i = 0; i < size; i++) {
            out[at + i] = Bytes.i32(page, starts[i] + offset);
        }
    }

    private void readSix(byte[] page, int offset, long[] out, int at) {
        for (int i = 0; i < size; i++) {
            out[at + i] = Bytes.i48(page, starts[i] + offset);
        }
    }

    /** Values this long are ids of processes and threads, and mostly those of the row before. */
    private void readLongs(byte[] page, int offset, long[] out, int at) {
        long last = 0;
        long value = 0;
        for (int i = 0; i < size; i++) {
            long stored = Bytes.stored(page, starts[i] + offset);
            if (stored != last) {
                last = stored;
                value = Long.reverseBytes(stored);
            }
            out[at + i] = value;
        }
    }
}
