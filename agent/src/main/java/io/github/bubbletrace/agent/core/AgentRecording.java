package io.github.bubbletrace.agent.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
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

    /** How long the end of the JVM is held up at most. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final String name;
    private final long maxBytes;
    private final long rotateBytes;
    private final long rotateMillis;
    private final LocalDateTime since;
    private Rotation rotation;
    private Recording recording;
    private int part;
    private boolean ended;

    /**
     * A recording as {@code options} say, not started yet; Flight Recorder may be asleep.
     *
     * @throws AgentException where the options make no sense
     */
    AgentRecording(Options options) {
        since = LocalDateTime.now(ZoneId.systemDefault());
        String pattern = options.get("file") == null ? DEFAULT_FILE : options.get("file");
        String size = options.get("maxsize") == null ? DEFAULT_SIZE : options.get("maxsize");
        String rotate = options.get("rotate");
        name = FilePattern.expand(pattern, ProcessHandle.current().pid(), since);
        maxBytes = Amount.bytes("maxsize", size);
        rotateBytes = rotate != null && Amount.isSize(rotate) ? Amount.bytes("rotate", rotate) : 0;
        rotateMillis = rotate != null && rotateBytes == 0 ? Amount.millis("rotate", rotate) : 0;
    }

    /**
     * Starts it, with a new part whenever the one before is full or old enough: new ones begin before old ones end, so that
     * no event is lost between them.
     *
     * @throws AgentException where its file cannot be written
     */
    void start() {
        next();
        if (rotateBytes > 0 || rotateMillis > 0) {
            rotation = new Rotation(rotateMillis > 0 ? rotateMillis : 1000, this::nextWhenFull, this::end);
        }
    }

    private synchronized void next() {
        Recording next = new Recording();
        try {
            next.setName("bubbletrace");
            next.setToDisk(true);
            next.setMaxSize(maxBytes);
            next.setDumpOnExit(true);
            next.setDestination(path(FilePattern.part(name, part + 1)));
            for (String event : JVM_EVENTS) {
                next.enable(event).withoutThreshold();
            }
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
            write(before);
        }
    }

    /**
     * Dumped while it runs, which is one step for Flight Recorder: stopping and writing are two, and the JVM may end between.
     * What a dump copies is written to its own destination as well, so that is taken away first.
     */
    private void write(Recording full) {
        try {
            Path file = full.getDestination();
            full.setDestination(null);
            full.dump(file);
        } catch (IllegalStateException e) {
            // The JVM ends, and Flight Recorder was there first.
        } catch (IOException e) {
            throw new AgentException("cannot write " + name + " (" + e.getMessage() + ")", e);
        } finally {
            full.close();
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new AgentException("'" + name + "' is no file name; name another by file=", e);
        }
    }

    private synchronized void nextWhenFull() {
        if (!ended && recording.getSize() >= rotateBytes) {
            next();
        }
    }

    /**
     * The JVM ends. Flight Recorder's own hook writes all recordings that it finds, and closes those that others stop
     * meanwhile before they are written; so none is stopped here. A part that begins too late for it leaves no file.
     */
    private void end() {
        Recording last;
        Path file;
        synchronized (this) {
            ended = true;
            last = recording;
            file = last.getDestination();
        }
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        try {
            while (last.getState() != RecordingState.CLOSED && System.nanoTime() < deadline) {
                Thread.sleep(1);
            }
            if (last.getState() == RecordingState.CLOSED && Files.size(file) == 0) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // It is not there, then.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    /** In words; without a formatter, which takes long to get ready. */
    synchronized String status() {
        long tenths = Math.round(recording.getSize() / 1e5);
        return "recording to " + file() + " since " + twoDigits(since.getHour()) + ":" + twoDigits(since.getMinute())
                + ":" + twoDigits(since.getSecond()) + ", " + tenths / 10 + "." + tenths % 10 + " MB";
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
