package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.format.spans.SpanField;
import io.github.bubbletrace.format.spans.SpanTable;
import io.github.bubbletrace.format.spans.SpanWord;
import io.github.bubbletrace.format.spans.SpanWriter;
import io.github.bubbletrace.format.spans.Track;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The named spans of a Chrome trace and the names of its processes and threads. */
final class SpanEvents {

    private final TraceBuilder builder;
    private final HostProcesses processes;
    private final SpanTable spans = new SpanTable();
    private final ThreadNames names = new ThreadNames();
    private final OpenSpans open = new OpenSpans();
    private final Map<Integer, Optional<SpanWord>> words = new HashMap<>();
    private final Map<List<Long>, Integer> threads = new HashMap<>();

    SpanEvents(TraceBuilder builder, HostProcesses processes) {
        this.builder = builder;
        this.processes = processes;
    }

    void addMetadata(Event event) {
        if (event.detail < 0 || event.name < 0) {
            return;
        }
        String name = builder.strings().get(event.detail);
        switch (builder.strings().get(event.name)) {
            case "process_name", "process_labels" -> names.nameProcess(event.process, name);
            case "thread_name" -> names.nameThread(event.process, event.thread, name);
            default -> {}
        }
    }

    /** Adds a begin, an end, or a whole span; times relative to the file's clock. */
    void add(Event event) {
        switch (event.type) {
            case 'B' -> open.begin(event);
            case 'E' -> close(event);
            default -> add(event, event.name, event.startNs, event.startNs + event.lengthNs, event.said, event.bytes);
        }
    }

    private void close(Event event) {
        OpenSpans.Open begun = open.end(event);
        if (begun != null) {
            long bytes = begun.bytes < 0 ? event.bytes : begun.bytes;
            add(event, begun.name, begun.startNs, event.startNs, begun.saidOr(event.said), bytes);
        }
    }

    private void add(Event event, int name, long startNs, long endNs, int[] said, long bytes) {
        if (name < 0 || endNs < startNs) {
            builder.log().count(Oddity.BAD_TIMES, 1);
            return;
        }
        Track track = new Track(
                said[SpanField.REPLICA.ordinal()],
                said[SpanField.STAGE.ordinal()],
                said[SpanField.LANE.ordinal()],
                said[SpanField.RANK.ordinal()],
                event.process,
                event.thread);
        spans.add(
                track,
                words.computeIfAbsent(name, n -> SpanWord.of(builder.strings().get(n)))
                        .orElse(null),
                name,
                said[SpanField.STEP.ordinal()],
                said[SpanField.CHUNK.ordinal()],
                said[SpanField.MICRO_BATCH.ordinal()],
                startNs,
                endNs,
                bytes);
    }

    ThreadNames names() {
        return names;
    }

    int size() {
        return spans.size();
    }

    /** Writes the spans of a trace without GPU work; whether its times start again in every step. */
    boolean writeAsDevices() {
        builder.log().count(Oddity.UNPAIRED_EVENTS, open.unpaired());
        spans.refine(names::refine);
        return SpanWriter.write(spans, builder);
    }

    /** Writes the spans of a trace with GPU work onto their threads. */
    void writeOnThreads() {
        builder.log().count(Oddity.UNPAIRED_EVENTS, open.unpaired());
        spans.refine(names::refine);
        SpanWriter.writeOnThreads(spans, builder, track -> thread(track.process(), track.thread()));
    }

    /** The number of a thread. */
    int thread(long process, long thread) {
        int number = threads.computeIfAbsent(List.of(process, thread), t -> threads.size() + 1);
        return builder.thread(processes.globalThread(process, number));
    }
}
