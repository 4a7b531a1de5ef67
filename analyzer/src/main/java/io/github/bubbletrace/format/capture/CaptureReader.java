package io.github.bubbletrace.format.capture;

import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.trace.Trace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** Reads captures of the hook library. */
public final class CaptureReader implements TraceReader {

    @Override
    public boolean recognises(byte[] head) {
        int length = ChunkStream.MAGIC.length;
        return head.length >= length && Arrays.equals(head, 0, length, ChunkStream.MAGIC, 0, length);
    }

    @Override
    public Trace read(Path file, LongConsumer progress) {
        return new CaptureFile(file).read();
    }
}
