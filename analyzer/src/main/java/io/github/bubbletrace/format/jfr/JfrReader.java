package io.github.bubbletrace.format.jfr;

import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Reads recordings that hold the Java agent's events, with the JDK's own reader. */
public final class JfrReader implements TraceReader {

    private static final byte[] MAGIC = {'F', 'L', 'R', 0};

    private final boolean joined;

    /** A reader of recordings that stand for themselves. */
    public JfrReader() {
        this(false);
    }

    private JfrReader(boolean joined) {
        this.joined = joined;
    }

    /** A reader of recordings whose spans label the kernels of captures: nothing of them is left to show. */
    public static JfrReader ofJoined() {
        return new JfrReader(true);
    }

    @Override
    public boolean recognises(byte[] head) {
        return head.length >= MAGIC.length && java.util.Arrays.mismatch(head, MAGIC) == MAGIC.length;
    }

    @Override
    public Trace read(Path file, LongConsumer progress) {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            throw new UnusableInputException(
                    file.toString(), "this Java cannot read recordings: it has no module jdk.jfr", "use a whole JDK");
        }
        try {
            JfrEvents events = JfrEvents.read(file);
            return joined ? JfrTrace.ofJoined(file.toString(), events) : JfrTrace.build(file.toString(), events);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static UnusableInputException unreadable(Path file, IOException e) {
        return new UnusableInputException(
                file.toString(), "the recording cannot be read (" + e.getMessage() + ")", "record or copy it again", e);
    }
}
