package io.github.bubbletrace.format.capture;

import java.nio.charset.StandardCharsets;

/** Numbers and texts out of one chunk's bytes, never beyond the record that is being read. */
final class RecordBytes {

    /** A record whose bytes do not hold what its tag promises. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed() {
            super("a record is shorter than its fields", null, false, false);
        }
    }

    private byte[] bytes;
    private int at;
    private int end;

    /** Goes to the chunk's payload at {@code from}. */
    void reset(byte[] chunk, int from, int to) {
        bytes = chunk;
        at = from;
        end = to;
    }

    boolean hasNext() {
        return at < end;
    }

    /** The next byte. */
    int one() {
        if (at >= end) {
            throw new Malformed();
        }
        return bytes[at++] & 0xff;
    }

    /** A number of seven bits a byte, the lowest first. */
    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = one();
            value |= (long) (b & 127) << shift;
            if (b < 128) {
                return value;
            }
        }
        throw new Malformed();
    }

    /** A number relative to {@code from}, modulo two to the 64. */
    long from(long from) {
        long coded = number();
        return from + ((coded >>> 1) ^ -(coded & 1));
    }

    /** A number that fits into 32 bits, whose highest may be set. */
    int small() {
        return (int) number();
    }

    /** Limits reading to the next {@code length} bytes; returns where to go on after them. */
    int enter(long length) {
        if (length < 0 || length > end - at) {
            throw new Malformed();
        }
        int outer = end;
        end = at + (int) length;
        return outer;
    }

    /** Skips what is left of the record, which a later version may have made longer. */
    void leave(int outer) {
        at = end;
        end = outer;
    }

    /** The rest of the record as UTF-8, bad bytes replaced. */
    String rest() {
        String text = new String(bytes, at, end - at, StandardCharsets.UTF_8);
        at = end;
        return text;
    }
}
