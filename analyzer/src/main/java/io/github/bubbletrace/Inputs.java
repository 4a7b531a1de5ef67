package io.github.bubbletrace;

import io.github.bubbletrace.format.TimeUnit;
import io.github.bubbletrace.format.TraceFormat;
import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.format.capture.CaptureReader;
import io.github.bubbletrace.format.jfr.JfrReader;
import io.github.bubbletrace.format.jfr.RecordedSpans;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which reader each file gets. The Java agent's recordings give captures of the same processes their stage spans; such a
 * recording then adds nothing by itself.
 */
final class Inputs {

    private final Map<Path, TraceReader> readers = new HashMap<>();

    private Inputs() {}

    /**
     * The readers of {@code files}.
     *
     * @throws io.github.bubbletrace.format.UnusableInputException where one is of no known format
     */
    static Inputs of(List<Path> files, TimeUnit told) {
        Inputs inputs = new Inputs();
        Map<Path, TraceFormat> formats = new HashMap<>();
        files.forEach(file -> formats.put(file, TraceFormat.of(file)));
        boolean mixed = formats.containsValue(TraceFormat.CAPTURE) && formats.containsValue(TraceFormat.JFR);
        formats.forEach((file, format) -> inputs.readers.put(file, format.reader(told)));
        if (mixed) {
            inputs.join(formats);
        }
        return inputs;
    }

    private void join(Map<Path, TraceFormat> formats) {
        Map<Path, RecordedSpans> recordings = new HashMap<>();
        Set<Long> captured = new HashSet<>();
        formats.forEach((file, format) -> {
            if (format == TraceFormat.JFR) {
                recordings.put(file, RecordedSpans.read(file));
            } else if (format == TraceFormat.CAPTURE) {
                captured.add(CaptureReader.pid(file));
            }
        });
        TraceReader joining = new CaptureReader(List.copyOf(recordings.values()));
        formats.forEach((file, format) -> {
            if (format == TraceFormat.CAPTURE) {
                readers.put(file, joining);
            }
        });
        recordings.forEach((file, spans) -> {
            if (spans.isAnchored() && captured.contains(spans.pid())) {
                readers.put(file, JfrReader.ofJoined());
            }
        });
    }

    /** The reader of {@code file}. */
    TraceReader reader(Path file) {
        return readers.get(file);
    }
}
