package io.github.bubbletrace.format.sqlite;

import java.nio.charset.StandardCharsets;

/**
 * One row of a leaf page: where each of its leading columns stands, and what they hold. Values are converted as SQLite's
 * own library does for a caller that asks for an integer, except that texts and blobs are doubted. Reused row by row.
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
    private byte[] bytes = {};
    private long rowid;
    private int present;
    private int localEnd;

    /** A row of which the first {@code columns} columns are wanted. */
    Row(int usable, int columns) {
        this.usable = usable;
        this.columns = columns;
        type = new int[columns];
        offset = new int[columns];
    }

    /** Moves to the cell at {@code at}; its page's content ends at {@code limit}. */
    void moveTo(byte[] page, int at, int limit) {
        bytes = page;
        int lengthOfPayload = Bytes.varintLength(page, at);
        int rowidAt = at + lengthOfPayload;
        DoubtException.unless(rowidAt < limit, "cell head");
        int start = rowidAt + Bytes.varintLength(page, rowidAt);
        DoubtException.unless(start < limit, "cell head");
        long payload = Bytes.varint(page, at);
        DoubtException.unless(payload > 0 && payload < LARGEST_PAYLOAD, "payload");
        rowid = Bytes.varint(page, rowidAt);
        boolean spills = payload > usable - 35;
        localEnd = start + (spills ? localBytes(payload) : (int) payload);
        DoubtException.unless(localEnd + (spills ? 4 : 0) <= limit, "cell end");
        readHeader(start, start + payload);
    }

    long rowid() {
        return rowid;
    }

    /** Whether the record ends before {@code column}: it was written before the column was added. */
    boolean isMissing(int column) {
        return column >= present;
    }

    boolean isNull(int column) {
        return column >= present || type[column] == NULL;
    }

    /** The value of a column that is not null, as an integer. */
    long getLong(int column) {
        int serial = type[column];
        if (serial == ZERO || serial == ONE) {
            return serial == ONE ? 1 : 0;
        }
        DoubtException.unless(serial <= REAL, "no number");
        int size = FIXED_SIZE[serial];
        DoubtException.unless(offset[column] + size <= localEnd, "value beyond its page");
        long value = Bytes.signed(bytes, offset[column], size);
        return serial == REAL ? (long) Double.longBitsToDouble(value) : value;
    }

    /** The value of a column that is not null, as a text. */
    String getText(int column) {
        int serial = type[column];
        DoubtException.unless(serial >= TEXT && (serial & 1) == 1, "no text");
        int size = sizeOf(serial);
        DoubtException.unless(offset[column] + size <= localEnd, "text beyond its page");
        String text = new String(bytes, offset[column], size, StandardCharsets.UTF_8);
        DoubtException.unless(text.indexOf('\uFFFD') < 0 && text.indexOf(0) < 0, "odd text");
        return text;
    }

    /** How much of a payload that does not fit lies on the page itself. */
    private int localBytes(long payload) {
        int least = (usable - 12) * 32 / 255 - 23;
        int most = usable - 35;
        int surplus = least + (int) ((payload - least) % (usable - 4));
        return surplus <= most ? surplus : least;
    }

    private void readHeader(int start, long payloadEnd) {
        int at = start + Bytes.varintLength(bytes, start);
        DoubtException.unless(at <= localEnd, "record header");
        long headerBytes = Bytes.varint(bytes, start);
        DoubtException.unless(headerBytes >= at - start && headerBytes <= localEnd - start, "record header");
        int headerEnd = start + (int) headerBytes;
        long value = headerEnd;
        present = 0;
        while (present < columns && at < headerEnd) {
            int serial = bytes[at++];
            if (serial < 0) {
                serial = largeSerial(at - 1, headerEnd);
                at += Bytes.varintLength(bytes, at - 1) - 1;
            }
            DoubtException.unless(serial != 10 && serial != 11, "serial type");
            type[present] = serial;
            offset[present++] = (int) value;
            value += sizeOf(serial);
            DoubtException.unless(value <= payloadEnd, "value beyond its record");
        }
        DoubtException.unless(at < headerEnd || value == payloadEnd, "record longer than its values");
    }

    private int largeSerial(int at, int headerEnd) {
        DoubtException.unless(at + Bytes.varintLength(bytes, at) <= headerEnd, "serial type");
        long serial = Bytes.varint(bytes, at);
        DoubtException.unless(serial >= 0 && serial < LARGEST_PAYLOAD, "serial type");
        return (int) serial;
    }

    private static int sizeOf(int serial) {
        return serial < FIXED_SIZE.length ? FIXED_SIZE[serial] : (serial - BLOB) >> 1;
    }
}
