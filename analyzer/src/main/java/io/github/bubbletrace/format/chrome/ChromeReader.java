package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.trace.Trace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** Reads Chrome trace JSON, event by event: array or object form, plain or packed. */
public final class ChromeReader implements TraceReader {

    private static final Pattern START = Pattern.compile("\\A\ufeff?\\s*[\\[{]");
    private static final Pattern KEY = Pattern.compile(
            "\"(traceEvents|ph|displayTimeUnit|distributedInfo|deviceProperties|baseTimeNanoseconds)\"\\s*:");

    /** Bytes of a block: large beside an event, small beside the memory. */
    private static final int BLOCK_BYTES = 1 << 22;

    private final int blockSize;

    /** A reader of files of any size. */
    public ChromeReader() {
        this(BLOCK_BYTES);
    }

    /** A reader that parses blocks of {@code blockSize} bytes side by side. */
    public ChromeReader(int blockSize) {
        this.blockSize = blockSize;
    }

    @Override
    public boolean recognises(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        return START.matcher(text).find() && KEY.matcher(text).find();
    }

    @Override
    public Trace read(Path file, LongConsumer progress) {
        return new ChromeFile(file, blockSize).read(progress);
    }
}
