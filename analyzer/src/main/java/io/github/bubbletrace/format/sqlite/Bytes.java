package io.github.bubbletrace.format.sqlite;

/** Big-endian numbers and SQLite's varints. Callers check the offsets. */
final class Bytes {

    private static final int LONGEST_VARINT = 9;

    private Bytes() {}

    static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    static int i32(byte[] bytes, int at) {
        return (u16(bytes, at) << 16) | u16(bytes, at + 2);
    }

    /** A signed number of {@code size} bytes, 1 to 8. */
    static long signed(byte[] bytes, int at, int size) {
        long value = bytes[at];
        for (int i = 1; i < size; i++) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /** Bytes of the varint at {@code at}; the bytes after it in the array are looked at, so 9 must be there. */
    static int varintLength(byte[] bytes, int at) {
        int length = 1;
        while (length < LONGEST_VARINT && at + length - 1 < bytes.length && bytes[at + length - 1] < 0) {
            length++;
        }
        return length;
    }

    /** Seven bits a byte while the top bit is set; the ninth byte gives all eight. */
    static long varint(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT - 1; i++) {
            value = (value << 7) | (bytes[at + i] & 0x7f);
            if (bytes[at + i] >= 0) {
                return value;
            }
        }
        return (value << 8) | (bytes[at + LONGEST_VARINT - 1] & 0xff);
    }
}
