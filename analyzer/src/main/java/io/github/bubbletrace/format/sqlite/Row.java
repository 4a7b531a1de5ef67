package io.github.bubbletrace.format.sqlite;

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
    private static final long NO_SHAPE = -1;

    private final int usable;
    private final int columns;
    private final int[] type;
    private final int[] offset;
    private int present;

    /** The shape: the record's length and the beginning of its header, as far as the wanted columns. */
    private long payload = NO_SHAPE;

    private byte[] header = new byte[Long.BYTES];
    private int headerLength;

    private byte[] bytes = {};
    private int end;
    private int cursor;
    private long length;
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
     * @return whether it has the shape that was taken last; until {@link #takeShape} all but {@link #rowid} and
     *     {@link #start} is still about that one
     */
    boolean moveTo(byte[] page, int at, int limit) {
        bytes = page;
        end = limit;
        int next = at;
        long value = page[next++];
        if (value < 0) {
            next = at + Bytes.varintLength(page, at);
            value = Bytes.varint(page, at);
        }
        length = value;
        DoubtException.unless(next < limit, "cell head");
        int rowidAt = next;
        value = page[next++];
        if (value < 0) {
            value &= 0x7f;
            int digit;
            do {
                digit = page[next++];
                value = (value << 7) | (digit & 0x7f);
            } while (digit < 0 && next < rowidAt + Bytes.LONGEST_VARINT - 1);
            if (digit < 0) {
                value = (value << 8) | (page[next++] & 0xff);
            }
        }
        rowid = value;
        start = next;
        DoubtException.unless(next < limit, "cell head");
        return length == payload && next + localLength <= limit && Bytes.startWith(page, next, header, headerLength);
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

    /** Whether the column is 0 or 1 by its type alone. */
    boolean isConstant(int column) {
        return column < present && (type[column] == ZERO || type[column] == ONE);
    }

    /** The value of such a column. */
    long constant(int column) {
        return type[column] == ONE ? 1 : 0;
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

    /** Bytes of a column that is a text and lies on this page as a whole. */
    int textSize(int column) {
        DoubtException.unless(type[column] >= TEXT && (type[column] & 1) == 1, "no text");
        return size(column);
    }

    /** Whether the column is a blob or text of a length that is wanted; longer ones may lie on other pages. */
    boolean isShort(int column) {
        DoubtException.unless(type[column] >= BLOB, "neither blob nor text");
        return sizeOf(type[column]) <= Wanted.MOST_BYTES;
    }

    /** Bytes of a column that is a blob or text and lies on this page as a whole. */
    int bytesSize(int column) {
        DoubtException.unless(type[column] >= BLOB, "neither blob nor text");
        return size(column);
    }

    /** Works out the shape of the present row. */
    void takeShape() {
        payload = NO_SHAPE;
        DoubtException.unless(length > 0 && length < LARGEST_PAYLOAD && start < end, "payload");
        boolean spills = length > usable - 35;
        localLength = spills ? localBytes(length) : (int) length;
        DoubtException.unless(start + localLength + (spills ? 4 : 0) <= end, "cell end");
        readHeader(length);
        headerLength = cursor - start;
        if (header.length < headerLength + Long.BYTES) {
            header = new byte[2 * headerLength + Long.BYTES];
        }
        System.arraycopy(bytes, start, header, 0, headerLength);
        // A record that spills has more to check, so its shape is worked out each time.
        payload = spills ? NO_SHAPE : length;
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
