package io.github.bubbletrace.format.sqlite;

import java.nio.charset.StandardCharsets;

/**
 * One row of a leaf page: where each of its leading columns stands, and what they hold. Values are converted as SQLite's
 * own library does for a caller that asks for an integer, except that reals, texts and blobs are doubted. Reused row by row:
 * most rows have the shape of the one before, and only a new shape is worked out.
 */
final class Row {

    /** Serial types. */
    private static final int NULL = 0;

    private static final int REAL = 7;
    private static final int ZERO = 8;
    private static final int ONE = 9;
    private static final int BLOB = 12;
    private static final int TEXT = 13;

    private static final int[] FIXED_SIZE = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    private static final long LARGEST_PAYLOAD = 1L << 30;

    private final int usable;
    private final int columns;
    private final int[] type;
    private final int[] offset;
    private int present;

    /** The shape: the record's length and the beginning of its header, as far as the wanted columns. */
    private long payload;

    private byte[] header = {};
    private int headerLength;

    private byte[] bytes = {};
    private int cursor;
    private int start;
    private int localLength;
    private long rowid;

    /** A row of which the first {@code columns} columns are wanted. */
    Row(int usable, int columns) {
        this.usable = usable;
        this.columns = columns;
        type = new int[columns];
        offset = new int[columns];
    }

    /**
     * Moves to the cell at {@code at}; its page's content ends at {@code limit}.
     *
     * @return whether its shape differs from the last row's
     */
    boolean moveTo(byte[] page, int at, int limit) {
        bytes = page;
        cursor = at;
        long newPayload = nextVarint(limit);
        rowid = nextVarint(limit);
        start = cursor;
        if (newPayload == payload && start + localLength <= limit && hasSameHeader()) {
            return false;
        }
        newShape(newPayload, limit);
        return true;
    }

    long rowid() {
        return rowid;
    }

    /** Where the record begins. */
    int start() {
        return start;
    }

    /** Whether the record ends before {@code column}: it was written before the column was added. */
    boolean isMissing(int column) {
        return column >= present;
    }

    boolean isNull(int column) {
        return column >= present || type[column] == NULL;
    }

    /** Whether the column is an integer that takes up bytes of its own. */
    boolean isStoredInteger(int column) {
        return column < present && type[column] > NULL && type[column] < REAL;
    }

    /** Where the column stands, counted from the record's beginning. */
    int offset(int column) {
        return offset[column];
    }

    /** Bytes of the column, which lies on this page as a whole. */
    int size(int column) {
        int size = sizeOf(type[column]);
        DoubtException.unless(offset[column] + size <= localLength, "value beyond its page");
        return size;
    }

    /** The value of a column that is not null, as an integer. */
    long getLong(int column) {
        int serial = type[column];
        if (serial == ZERO || serial == ONE) {
            return serial == ONE ? 1 : 0;
        }
        DoubtException.unless(serial < REAL, "no integer");
        return Bytes.signed(bytes, start + offset[column], size(column));
    }

    /** The value of a column that is not null, as a text. */
    String getText(int column) {
        int serial = type[column];
        DoubtException.unless(serial >= TEXT && (serial & 1) == 1, "no text");
        String text = new String(bytes, start + offset[column], size(column), StandardCharsets.UTF_8);
        DoubtException.unless(text.indexOf('\uFFFD') < 0 && text.indexOf(0) < 0, "odd text");
        return text;
    }

    private long nextVarint(int limit) {
        DoubtException.unless(cursor < limit, "cell head");
        int one = bytes[cursor];
        if (one >= 0) {
            cursor++;
            return one;
        }
        int length = Bytes.varintLength(bytes, cursor);
        DoubtException.unless(cursor + length < limit, "cell head");
        long value = Bytes.varint(bytes, cursor);
        cursor += length;
        return value;
    }

    private boolean hasSameHeader() {
        for (int i = 0; i < headerLength; i++) {
            if (bytes[start + i] != header[i]) {
                return false;
            }
        }
        return true;
    }

    private void newShape(long newPayload, int limit) {
        payload = 0;
        DoubtException.unless(newPayload > 0 && newPayload < LARGEST_PAYLOAD && start < limit, "payload");
        boolean spills = newPayload > usable - 35;
        localLength = spills ? localBytes(newPayload) : (int) newPayload;
        DoubtException.unless(start + localLength + (spills ? 4 : 0) <= limit, "cell end");
        readHeader(newPayload);
        headerLength = cursor - start;
        if (header.length < headerLength) {
            header = new byte[2 * headerLength];
        }
        System.arraycopy(bytes, start, header, 0, headerLength);
        // A record that spills has more to check, so its shape is worked out each time.
        payload = spills ? 0 : newPayload;
    }

    /** How much of a payload that does not fit lies on the page itself. */
    private int localBytes(long ofPayload) {
        int least = (usable - 12) * 32 / 255 - 23;
        int most = usable - 35;
        int surplus = least + (int) ((ofPayload - least) % (usable - 4));
        return surplus <= most ? surplus : least;
    }

    private void readHeader(long wholePayload) {
        int localEnd = start + localLength;
        cursor = start + Bytes.varintLength(bytes, start);
        DoubtException.unless(cursor <= localEnd, "record header");
        long headerBytes = Bytes.varint(bytes, start);
        DoubtException.unless(headerBytes >= cursor - start && headerBytes <= localLength, "record header");
        int headerEnd = start + (int) headerBytes;
        long value = headerBytes;
        present = 0;
        while (present < columns && cursor < headerEnd) {
            int serial = nextSerial(headerEnd);
            type[present] = serial;
            offset[present++] = (int) value;
            value += sizeOf(serial);
            DoubtException.unless(value <= wholePayload, "value beyond its record");
        }
        DoubtException.unless(cursor < headerEnd || value == wholePayload, "record longer than its values");
    }

    private int nextSerial(int headerEnd) {
        int length = Bytes.varintLength(bytes, cursor);
        DoubtException.unless(cursor + length <= headerEnd, "serial type");
        long serial = Bytes.varint(bytes, cursor);
        DoubtException.unless(serial >= 0 && serial < LARGEST_PAYLOAD && serial != 10 && serial != 11, "serial type");
        cursor += length;
        return (int) serial;
    }

    private static int sizeOf(int serial) {
        return serial < FIXED_SIZE.length ? FIXED_SIZE[serial] : (serial - BLOB) >> 1;
    }
}
