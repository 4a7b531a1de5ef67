package io.github.bubbletrace.format.chrome;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream into blocks where one object of a list follows another. Only bytes are looked at: whether such a place
 * is between two events shows when the block before it is parsed.
 */
final class BlockCutter {

    private final InputStream in;
    private final byte[] rest;
    private int restLength;

    BlockCutter(InputStream in, int blockSize) {
        this.in = in;
        rest = new byte[blockSize];
    }

    /** Fills {@code block} with what comes next; what ends the stream early is kept in it. */
    void fill(Block block) {
        System.arraycopy(rest, 0, block.bytes, Block.ROOM, restLength);
        block.end = Block.ROOM + restLength;
        restLength = 0;
        block.comma = -1;
        block.isClean = false;
        block.failure = null;
        block.isLast = false;
        try {
            readFully(block);
        } catch (IOException | RuntimeException e) {
            block.failure = e;
            block.isLast = true;
        }
        if (!block.isLast) {
            cut(block);
        }
    }

    private void readFully(Block block) throws IOException {
        while (block.end < block.bytes.length) {
            int read = in.read(block.bytes, block.end, block.bytes.length - block.end);
            if (read < 0) {
                block.isLast = true;
                return;
            }
            block.end += read;
        }
    }

    private void cut(Block block) {
        byte[] bytes = block.bytes;
        for (int at = block.end - 1; at > Block.ROOM; at--) {
            if (bytes[at] == '{' && isBeforeKey(bytes, at, block.end)) {
                int comma = before(bytes, at);
                if (comma > Block.ROOM && bytes[comma] == ',' && bytes[before(bytes, comma)] == '}') {
                    restLength = block.end - at;
                    System.arraycopy(bytes, at, rest, 0, restLength);
                    block.end = at;
                    block.comma = comma;
                    return;
                }
            }
        }
    }

    private static boolean isBeforeKey(byte[] bytes, int brace, int end) {
        int at = brace + 1;
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
        return at < end && bytes[at] == '"';
    }

    /** The nearest place before {@code from} that is no space; at least the last of the room. */
    private static int before(byte[] bytes, int from) {
        int at = from - 1;
        while (at >= Block.ROOM && isSpace(bytes[at])) {
            at--;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
