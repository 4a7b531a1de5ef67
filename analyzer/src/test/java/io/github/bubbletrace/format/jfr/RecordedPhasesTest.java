package io.github.bubbletrace.format.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every phase that a span may have becomes a task; a letter that is none is counted. */
class RecordedPhasesTest {

    @Name("bubbletrace.Stage")
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable")
    private static final class Span extends Event {
        int stage;
        int microBatch;
        int iteration;
        char phase;
        int device;
        long span;
    }

    @TempDir
    private Path folder;

    @Test
    void eachIsATaskOfItsName() throws IOException {
        Trace trace = read("FBWRPDVS");
        List<String> labels = IntStream.range(0, trace.ranges().size())
                .mapToObj(row -> trace.strings().get(trace.ranges().text(row)))
                .toList();
        for (String word :
                List.of("forward", "backward", "weight", "recompute", "prefill", "decode", "verify", "draft")) {
            assertThat(labels).as(word).anyMatch(label -> label.startsWith(word));
        }
        assertThat(trace.log().warnings()).extracting(Warning::code).doesNotContain("unknown-phases");
    }

    @Test
    void lettersThatAreNoneAreCounted() throws IOException {
        Trace trace = read("FX_\0F");
        assertThat(trace.ranges().size()).isEqualTo(2);
        assertThat(trace.log().warnings())
                .extracting(Warning::code, Warning::count)
                .contains(tuple("unknown-phases", 3L));
    }

    private Trace read(String phases) throws IOException {
        Path file = folder.resolve("spans.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(Span.class).withoutThreshold();
            recording.start();
            for (int k = 0; k < phases.length(); k++) {
                record(k, phases.charAt(k));
            }
            recording.stop();
            recording.dump(file);
        }
        return new JfrReader().read(file);
    }

    private static void record(int microBatch, char phase) {
        Span span = new Span();
        span.begin();
        span.microBatch = microBatch;
        span.iteration = -1;
        span.phase = phase;
        span.commit();
    }
}
