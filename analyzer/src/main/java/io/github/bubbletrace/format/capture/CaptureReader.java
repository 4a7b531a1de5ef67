package io.github.bubbletrace.format.capture;

import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.format.jfr.RecordedSpans;
import io.github.bubbletrace.trace.Trace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads captures of the hook library. */
public final class CaptureReader implements TraceReader {

    private final List<RecordedSpans> recordings;

    /** A reader of captures alone. */
    public CaptureReader() {
        this(List.of());
    }

    /** A reader that gives captures the stage spans of the same processes out of {@code recordings}. */
    public CaptureReader(List<RecordedSpans> recordings) {
        this.recordings = List.copyOf(recordings);
    }

    /** The process that {@code file} is of, or -1 where it does not say. */
    public static long pid(Path file) {
        return new CaptureFile(file, List.of()).pid();
    }

    @Override
    public boolean recognises(byte[] head) {
        int length = ChunkStream.MAGIC.length;
        return head.length >= length && Arrays.equals(head, 0, length, ChunkStream.MAGIC, 0, length);
    }

    @Override
    public Trace read(Path file, LongConsumer progress) {
        return new CaptureFile(file, recordings).read();
    }
}
