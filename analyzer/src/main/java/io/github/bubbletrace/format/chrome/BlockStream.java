package io.github.bubbletrace.format.chrome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** The bytes of a block and of all that follow it, after some text that puts them in their place. */
final class BlockStream extends InputStream {

    private final byte[] text;
    private final UnaryOperator<Block> next;
    private Block block;
    private int at;
    private long given;

    /** The stream of {@code text}, {@code first} and the blocks that {@code next} gives for the one before. */
    BlockStream(String text, Block first, UnaryOperator<Block> next) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
        this.next = next;
        block = first;
        at = Block.ROOM - this.text.length;
        System.arraycopy(this.text, 0, first.bytes, at, this.text.length);
    }

    @Override
    public int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        given++;
        return block.bytes[at++] & 0xff;
    }

    /** How many bytes were read from it. */
    long given() {
        return given;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int size = Math.min(length, block.end - at);
        System.arraycopy(block.bytes, at, target, offset, size);
        at += size;
        given += size;
        return size;
    }

    private boolean fill() throws IOException {
        while (at == block.end) {
            if (block.failure instanceof IOException failure) {
                throw failure;
            }
            if (block.failure instanceof RuntimeException failure) {
                throw failure;
            }
            if (block.isLast) {
                return false;
            }
            block = next.apply(block);
            at = Block.ROOM;
        }
        return true;
    }
}
