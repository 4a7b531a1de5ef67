package io.github.bubbletrace.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The agent's events in a recording. */
record Recorded(List<RecordedEvent> events) {

    static Recorded of(Path file) throws IOException {
        return new Recorded(RecordingFile.readAllEvents(file));
    }

    List<RecordedEvent> stages() {
        return named("bubbletrace.Stage");
    }

    List<RecordedEvent> transfers() {
        return named("bubbletrace.Transfer");
    }

    List<RecordedEvent> anchors() {
        return named("bubbletrace.ClockAnchor");
    }

    private List<RecordedEvent> named(String type) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .toList();
    }
}
