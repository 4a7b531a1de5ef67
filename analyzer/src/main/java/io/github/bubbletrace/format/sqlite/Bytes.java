package io.github.bubbletrace.format.sqlite;

/** Big-endian numbers and SQLite's varints. Callers check the offsets. */
final class Bytes {

    static final int LONGEST_VARINT = 9;

    private Bytes() {}

    static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    static int i32(byte[] bytes, int at) {
        return (u16(bytes, at) << 16) | u16(bytes, at + 2);
    }

    /** A signed number of 1, 2, 3, 4, 6 or 8 bytes. */
    static long signed(byte[] bytes, int at, int size) {
        return switch (size) {
            case 1 -> bytes[at];
            case 2 -> (short) u16(bytes, at);
            case 3 -> (bytes[at] * 65_536L) | u16(bytes, at + 1);
            case 4 -> i32(bytes, at);
            case 6 -> ((long) (short) u16(bytes, at) << 32) | (i32(bytes, at + 2) & 0xffffffffL);
            default -> ((long) i32(bytes, at) << 32) | (i32(bytes, at + 4) & 0xffffffffL);
        };
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
