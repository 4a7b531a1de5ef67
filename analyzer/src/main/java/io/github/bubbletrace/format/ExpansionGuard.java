package io.github.bubbletrace.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops unpacking a file that was made to grow without end: traces shrink 10 to 60 times, never 400. */
final class ExpansionGuard extends FilterInputStream {

    private static final long FREE_BYTES = 64L << 20;
    private static final long MAX_RATIO = 400;

    private final String path;
    private final CountingStream packed;
    private long unpacked;

    ExpansionGuard(String path, CountingStream packed, InputStream in) {
        super(in);
        this.path = path;
        this.packed = packed;
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

    private void count(int bytes) {
        unpacked += bytes;
        if (unpacked > FREE_BYTES && unpacked / MAX_RATIO > packed.bytes()) {
            throw new UnusableInputException(
                    path,
                    "unpacks to more than " + MAX_RATIO + " times its size, as no trace does",
                    "unpack it yourself if you trust it, and give the unpacked file");
        }
    }
}
