package io.github.bubbletrace.reports.timeline;

import java.io.ByteArrayOutputStream;

/** A column of whole numbers in as few bytes as each needs: seven bits a byte, the lowest first, 128 where more follow. */
final class Varints {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Appends {@code value}, which must not be negative. */
    void add(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        long rest = value;
        while (rest > 0x7F) {
            bytes.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** Appends {@code value} of either sign: 0, -1, 1, -2 become 0, 1, 2, 3. */
    void addSigned(long value) {
        add(zigzag(value));
    }

    /** Numbers of either sign as those that are not negative. */
    static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    int size() {
        return bytes.size();
    }

    void appendTo(ByteArrayOutputStream out) {
        out.writeBytes(bytes.toByteArray());
    }
}
