package io.github.bubbletrace.format.jfr;

import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.StopKind;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The stage spans of one process for a capture of its kernels: as labels, with the ids that the capture knows them by.
 * Times are nanoseconds of CLOCK_MONOTONIC.
 */
public final class RecordedSpans {

    private final JfrEvents events;
    private final int[] byStart;

    private RecordedSpans(JfrEvents events) {
        this.events = events;
        events.spans().number();
        byStart = events.spans().byStart();
    }

    /**
     * Reads the recording {@code file}.
     *
     * @throws UnusableInputException where it cannot be read
     */
    public static RecordedSpans read(Path file) {
        try {
            return new RecordedSpans(JfrEvents.read(file));
        } catch (IOException e) {
            throw JfrReader.unreadable(file, e);
        }
    }

    /** Whether the recording says which process it is of, and ties its clock to the system's. */
    public boolean isAnchored() {
        return !events.anchors().isEmpty();
    }

    /** The process. */
    public long pid() {
        return events.pid();
    }

    /** How many spans there are. */
    public int size() {
        return byStart.length;
    }

    /** The id under which the hook library knew the span, or 0. */
    public long id(int row) {
        return events.spans().id(byStart[row]);
    }

    /** The operating system's number of its thread, or -1. */
    public long thread(int row) {
        return events.spans().osThread(byStart[row]);
    }

    /** Start. */
    public long startNs(int row) {
        return events.spans().startNs(byStart[row]) + events.anchors().monotonicAheadNs();
    }

    /** End. */
    public long endNs(int row) {
        return events.spans().endNs(byStart[row]) + events.anchors().monotonicAheadNs();
    }

    /** The span as bubbletrace's labels say it; empty where nobody says its stage. */
    public String label(int row) {
        StageSpans spans = events.spans();
        int span = byStart[row];
        if (spans.stage(span) < 0) {
            return "";
        }
        String replica =
                events.anchors().replicas() > 1 ? " replica=" + events.anchors().replica() : "";
        String iteration = spans.iteration(span) < 0 ? "" : "it=" + spans.iteration(span) + " ";
        return iteration + "stage=" + spans.stage(span) + " mb=" + spans.microBatch(span) + " phase="
                + spans.phase(span) + replica;
    }

    /** How many times there are in which the JVM stopped or slowed threads. */
    public int pauses() {
        return events.pauses().size();
    }

    /** Start of such a time. */
    public long pauseStartNs(int row) {
        return events.pauses().startNs(row) + events.anchors().monotonicAheadNs();
    }

    /** Its end. */
    public long pauseEndNs(int row) {
        return events.pauses().endNs(row) + events.anchors().monotonicAheadNs();
    }

    /** Its kind. */
    public StopKind pauseKind(int row) {
        return events.pauses().kind(row);
    }

    /** What it was. */
    public String pauseText(int row) {
        return events.pauses().text(row);
    }
}
