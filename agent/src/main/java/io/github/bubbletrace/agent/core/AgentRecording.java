package io.github.bubbletrace.agent.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/**
 * The Flight Recorder recording that the agent starts, cut into parts where the user wants it. It holds the agent's
 * events and those of the JVM that stop or slow a host thread.
 */
final class AgentRecording {

    private static final String DEFAULT_FILE = "bubbletrace-%p-%t.jfr";
    private static final String DEFAULT_SIZE = "500MB";
    private static final List<String> JVM_EVENTS = List.of(
            "jdk.JVMInformation",
            "jdk.DataLoss",
            "jdk.GCPhasePause",
            "jdk.SafepointBegin",
            "jdk.ExecuteVMOperation",
            "jdk.GarbageCollection");
    private static final Duration LONG_COMPILATION = Duration.ofMillis(1);

    private final String name;
    private final long maxBytes;
    private final LocalDateTime since;
    private Rotation rotation;
    private Recording recording;
    private int part;
    private boolean ended;

    private AgentRecording(String name, long maxBytes, LocalDateTime since) {
        this.name = name;
        this.maxBytes = maxBytes;
        this.since = since;
    }

    /**
     * Starts a recording.
     *
     * @throws AgentException where its file cannot be written, or the options make no sense
     */
    static AgentRecording start(Options options) {
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        String pattern = options.get("file") == null ? DEFAULT_FILE : options.get("file");
        String size = options.get("maxsize") == null ? DEFAULT_SIZE : options.get("maxsize");
        AgentRecording started = new AgentRecording(
                FilePattern.expand(pattern, ProcessHandle.current().pid(), now), Amount.bytes("maxsize", size), now);
        String rotate = options.get("rotate");
        long everyBytes = rotate != null && Amount.isSize(rotate) ? Amount.bytes("rotate", rotate) : 0;
        long everyMillis = rotate != null && everyBytes == 0 ? Amount.millis("rotate", rotate) : 0;
        started.next();
        if (rotate != null) {
            started.rotate(everyBytes, everyMillis);
        }
        return started;
    }

    private synchronized void next() {
        Recording next = new Recording();
        try {
            next.setName("bubbletrace");
            next.setToDisk(true);
            next.setMaxSize(maxBytes);
            next.setDumpOnExit(true);
            next.setDestination(path(FilePattern.part(name, part + 1)));
            JVM_EVENTS.forEach(event -> next.enable(event).withoutThreshold());
            next.enable("jdk.Compilation").withThreshold(LONG_COMPILATION);
            next.start();
        } catch (IOException e) {
            next.close();
            throw new AgentException(
                    "cannot write " + name + " (" + e.getMessage() + "); name another place by file=", e);
        }
        Recording before = recording;
        recording = next;
        part++;
        if (before != null) {
            before.stop();
            before.close();
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new AgentException("'" + name + "' is no file name; name another by file=", e);
        }
    }

    /** New parts begin before old ones end: no event is lost between them. */
    private void rotate(long everyBytes, long everyMillis) {
        rotation = new Rotation(everyMillis > 0 ? everyMillis : 1000, () -> nextWhenFull(everyBytes), this::end);
    }

    private synchronized void nextWhenFull(long everyBytes) {
        if (!ended && recording.getSize() >= everyBytes) {
            next();
        }
    }

    /**
     * The JVM ends. Flight Recorder writes the recordings that it knew of when it heard so; a part that began since is
     * written here, or leaves no file.
     */
    private synchronized void end() {
        ended = true;
        try {
            if (recording.getState() == RecordingState.RUNNING) {
                recording.stop();
                if (Files.size(recording.getDestination()) == 0) {
                    Files.delete(recording.getDestination());
                }
            }
        } catch (IllegalStateException | IOException e) {
            // Flight Recorder was there first.
        }
    }

    /** The file of the current part. */
    synchronized Path file() {
        return recording.getDestination();
    }

    synchronized String stop() {
        if (rotation != null) {
            rotation.close();
        }
        ended = true;
        Path written = recording.getDestination();
        recording.stop();
        recording.close();
        return "wrote " + written + (part > 1 ? " and " + (part - 1) + " before it" : "");
    }

    synchronized String dump(String file) {
        Path target = file == null
                ? recording.getDestination()
                : path(FilePattern.expand(
                        file, ProcessHandle.current().pid(), LocalDateTime.now(ZoneId.systemDefault())));
        try {
            recording.dump(target);
        } catch (IOException e) {
            throw new AgentException("cannot write " + target + " (" + e.getMessage() + "); name another by file=", e);
        }
        return "wrote " + target;
    }

    synchronized String status() {
        return String.format(
                Locale.ROOT, "recording to %s since %tT, %.1f MB", file(), since, recording.getSize() / 1e6);
    }
}
