package io.github.bubbletrace.format.sqlite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers and SQLite's varints. Callers check the offsets. */
final class Bytes {

    static final int LONGEST_VARINT = 9;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    static int i32(byte[] bytes, int at) {
        return (u16(bytes, at) << 16) | u16(bytes, at + 2);
    }

    static int i24(byte[] bytes, int at) {
        return (bytes[at] << 16) | u16(bytes, at + 1);
    }

    static long i48(byte[] bytes, int at) {
        return ((long) (short) u16(bytes, at) << 32) | (i32(bytes, at + 2) & 0xffffffffL);
    }

    /** Eight bytes, the first of them the lowest: a number of eight bytes is this reversed. */
    static long stored(byte[] bytes, int at) {
        return (long) EIGHT.get(bytes, at);
    }

    /**
     * Whether the {@code length} bytes at {@code at} are those that {@code other} begins with. Both arrays must go on for
     * eight bytes more: so many are compared at a time.
     */
    static boolean startWith(byte[] bytes, int at, byte[] other, int length) {
        int done = 0;
        for (; done + Long.BYTES <= length; done += Long.BYTES) {
            if (stored(bytes, at + done) != stored(other, done)) {
                return false;
            }
        }
        long differing = stored(bytes, at + done) ^ stored(other, done);
        return (differing & ~(-1L << (Byte.SIZE * (length - done)))) == 0;
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
