package io.github.bubbletrace.format.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The whole and undamaged chunks of a capture, one after another. After damage it goes on at the next chunk's mark. */
final class ChunkStream {

    static final byte[] MAGIC = {(byte) 0x89, 'B', 'T', 'C', 'A', 'P', '\r', '\n'};
    static final int FILE_HEADER = 16;

    private static final byte[] MARK = {'B', 'T', 'c', 'k'};
    private static final int HEADER = 20;

    /** Longer than any chunk that is written, which ends after 256 KiB and one text. */
    private static final int MAX_PAYLOAD = 1 << 20;

    /** So much damage, and the rest is not looked at: a file made to slow the reader down. */
    private static final int MAX_DAMAGE = 1000;

    private final InputStream in;
    private final byte[] window = new byte[HEADER + MAX_PAYLOAD];
    private final CRC32C crc = new CRC32C();
    private int from;
    private int to;
    private int payload;
    private int length;
    private long nextSequence;
    private long damaged;
    private boolean cut;

    ChunkStream(InputStream in) {
        this.in = in;
    }

    /** The first bytes of the file, fewer where it is shorter. */
    byte[] fileHeader() throws IOException {
        ensure(FILE_HEADER);
        byte[] header = Arrays.copyOfRange(window, from, Math.min(to, from + FILE_HEADER));
        from += header.length;
        return header;
    }

    /** Goes to the next good chunk. */
    boolean next() throws IOException {
        while (damaged < MAX_DAMAGE) {
            if (!ensure(HEADER)) {
                cut |= to > from;
                return false;
            }
            if (!isMark(from)) {
                damaged++;
                seekMark();
            } else if (isGood()) {
                take();
                return true;
            } else {
                from += MARK.length;
                seekMark();
            }
        }
        cut = true;
        return false;
    }

    byte[] bytes() {
        return window;
    }

    int start() {
        return payload;
    }

    int end() {
        return payload + length;
    }

    /** How many chunks are damaged or missing. */
    long damaged() {
        return damaged;
    }

    /** Whether the file ends within a chunk. */
    boolean isCut() {
        return cut;
    }

    private boolean isGood() throws IOException {
        long size = u32(from + 12);
        if (size > MAX_PAYLOAD) {
            damaged++;
            return false;
        }
        if (!ensure(HEADER + (int) size)) {
            cut = true;
            return false;
        }
        crc.reset();
        crc.update(window, from, HEADER - 4);
        crc.update(window, from + HEADER, (int) size);
        boolean good = crc.getValue() == u32(from + 16);
        damaged += good ? 0 : 1;
        return good;
    }

    private void take() {
        long sequence = u32(from + 4);
        payload = from + HEADER;
        length = (int) u32(from + 12);
        from = payload + length;
        boolean missing = sequence > nextSequence && damaged == 0;
        damaged += missing ? sequence - nextSequence : 0;
        nextSequence = sequence + 1;
    }

    private void seekMark() throws IOException {
        while (ensure(MARK.length)) {
            for (; from + MARK.length <= to; from++) {
                if (isMark(from)) {
                    return;
                }
            }
        }
        from = to;
    }

    private boolean isMark(int at) {
        return Arrays.equals(window, at, at + MARK.length, MARK, 0, MARK.length);
    }

    private long u32(int at) {
        return (window[at] & 0xffL)
                | (window[at + 1] & 0xffL) << 8
                | (window[at + 2] & 0xffL) << 16
                | (window[at + 3] & 0xffL) << 24;
    }

    /** Makes {@code bytes} from here on lie in the window; false where the file ends before. */
    private boolean ensure(int bytes) throws IOException {
        if (to - from >= bytes) {
            return true;
        }
        System.arraycopy(window, from, window, 0, to - from);
        to -= from;
        from = 0;
        while (to < bytes) {
            int read = in.read(window, to, window.length - to);
            if (read < 0) {
                return false;
            }
            to += read;
        }
        return true;
    }
}
