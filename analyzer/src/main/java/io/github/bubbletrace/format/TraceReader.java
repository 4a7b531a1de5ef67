package io.github.bubbletrace.format;

import io.github.bubbletrace.trace.Trace;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Reads files of one format. */
public interface TraceReader {

    /**
     * Whether {@code file}, which begins with {@code head}, is of this format; its name counts only where the content
     * cannot tell.
     */
    default boolean recognises(Path file, byte[] head) {
        return recognises(head);
    }

    /** Whether a file whose unpacked content begins with {@code head} is of this format. */
    boolean recognises(byte[] head);

    /** Whether such a file, found in a folder among others, is surely a trace: it says all that a trace must say. */
    default boolean recognisesWhole(Path file, byte[] head) {
        return recognises(file, head);
    }

    /**
     * Reads a whole file.
     *
     * @throws UnusableInputException where the file cannot be used
     */
    default Trace read(Path file) {
        return read(file, bytes -> {});
    }

    /**
     * The same, telling {@code progress} how many bytes more of the file were read, from any thread, where the format
     * allows it.
     */
    Trace read(Path file, LongConsumer progress);
}
