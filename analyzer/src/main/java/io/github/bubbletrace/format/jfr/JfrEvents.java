package io.github.bubbletrace.format.jfr;

import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** The events of one recording that say something about a pipeline. Times are nanoseconds since 1970 by its own clock. */
final class JfrEvents {

    private static final int UNKNOWN = -1;

    /** What {@code PipelineSpan.begin} and labels may say; any other letter reaches a recording unchecked. */
    private static final String PHASES = "FBWRPDVS";

    private final StageSpans spans = new StageSpans();
    private final HandOvers handOvers = new HandOvers();
    private final Pauses pauses = new Pauses();
    private final Anchors anchors = new Anchors();
    private final ImportLog log = new ImportLog();
    private String javaVersion;
    private long pid = UNKNOWN;

    private JfrEvents() {}

    /**
     * Reads {@code file}; where it is cut, what comes before is used.
     *
     * @throws IOException where nothing of it can be read
     */
    static JfrEvents read(Path file) throws IOException {
        JfrEvents events = new JfrEvents();
        long read = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                events.add(recording.readEvent());
                read++;
            }
        } catch (IOException | RuntimeException e) {
            // The JDK's reader fails in many ways on a damaged file.
            if (read == 0) {
                throw new IOException(e.getMessage() == null ? "damaged" : e.getMessage(), e);
            }
            events.log.count(Oddity.INPUT_CUT, 1, "after " + read + " events");
        }
        return events;
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "bubbletrace.Stage" -> addSpan(event);
            case "bubbletrace.Transfer" ->
                handOvers.add(
                        thread(event),
                        event.getChar("direction") == 'T',
                        event.getInt("queue"),
                        event.getInt("item"),
                        startNs(event),
                        endNs(event));
            case "bubbletrace.ClockAnchor" ->
                anchors.add(
                        startNs(event),
                        event.getLong("utcNs"),
                        event.getLong("nanoTime"),
                        event.getLong("pid"),
                        event.getInt("replica"),
                        event.getInt("replicas"),
                        event.getLong("failures"));
            case "jdk.JVMInformation" -> addJvm(event);
            case "jdk.DataLoss" -> log.count(Oddity.EVENTS_LOST, event.getLong("amount"));
            default -> pauses.add(event, startNs(event), endNs(event));
        }
    }

    private void addSpan(RecordedEvent event) {
        char phase = event.getChar("phase");
        if (PHASES.indexOf(phase) < 0) {
            log.count(Oddity.UNKNOWN_PHASES, 1);
            return;
        }
        spans.add(
                thread(event),
                startNs(event),
                endNs(event),
                event.getInt("stage"),
                event.getInt("microBatch"),
                event.getInt("iteration"),
                phase);
        spans.identify(event.getLong("span"), osThread(event));
    }

    private void addJvm(RecordedEvent event) {
        if (event.hasField("jvmVersion") && javaVersion == null) {
            javaVersion = event.getString("jvmVersion");
        }
        if (event.hasField("pid")) {
            pid = event.getLong("pid");
        }
    }

    /** Virtual threads have none of their own. */
    private static long osThread(RecordedEvent event) {
        RecordedThread thread = event.getThread();
        return thread == null || thread.getOSThreadId() <= 0 ? UNKNOWN : thread.getOSThreadId();
    }

    /** A thread by Java's number, which is no more given to another one. */
    private long thread(RecordedEvent event) {
        RecordedThread thread = event.getThread();
        if (thread == null) {
            return UNKNOWN;
        }
        return thread.getJavaThreadId();
    }

    private static long startNs(RecordedEvent event) {
        return ns(event.getStartTime());
    }

    private static long endNs(RecordedEvent event) {
        return ns(event.getEndTime());
    }

    private static long ns(Instant time) {
        return java.util.concurrent.TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    StageSpans spans() {
        return spans;
    }

    HandOvers handOvers() {
        return handOvers;
    }

    Pauses pauses() {
        return pauses;
    }

    Anchors anchors() {
        return anchors;
    }

    ImportLog log() {
        return log;
    }

    /** Version of the JVM that was recorded, or null. */
    String javaVersion() {
        return javaVersion;
    }

    /** Its process, or -1. */
    long pid() {
        return anchors.isEmpty() ? pid : anchors.pid();
    }
}
