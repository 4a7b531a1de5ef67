package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.format.UnusableInputException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Refuses text with a line longer than any row of a log, before it fills the memory. */
final class LineLimit extends FilterReader {

    private static final int MAX_LINE = 1 << 20;

    private final String path;
    private int line;

    LineLimit(String path, Reader in) {
        super(in);
        this.path = path;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        count((char) read);
        return read;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        for (int i = 0; i < read; i++) {
            count(target[offset + i]);
        }
        return read;
    }

    private void count(char c) {
        line = c == '\n' || c == '\r' ? 0 : line + 1;
        if (line > MAX_LINE) {
            throw new UnusableInputException(
                    path, "a line of more than a million characters", "give one span a line, as CSV");
        }
    }
}
