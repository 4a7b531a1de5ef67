package io.github.bubbletrace.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Counts the bytes read through it. */
final class CountingStream extends FilterInputStream {

    private final LongConsumer progress;
    private long bytes;

    /** Tells {@code progress} of every read how many bytes it gave. */
    CountingStream(InputStream in, LongConsumer progress) {
        super(in);
        this.progress = progress;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) {
        bytes += read;
        progress.accept(read);
    }
}
