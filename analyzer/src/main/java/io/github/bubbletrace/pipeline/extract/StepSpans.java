package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.trace.Trace;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The step ranges of one file, by process: which iteration a launch belongs to. Times are of the file's clock. */
public final class StepSpans {

    private record Span(long endNs, int iteration) {}

    /** A file without step ranges. */
    static final StepSpans NONE = new StepSpans();

    private final Map<Integer, NavigableMap<Long, Span>> ofProcess = new HashMap<>();

    private StepSpans() {}

    static StepSpans of(Trace trace, LabelledRanges labelled) {
        StepSpans spans = new StepSpans();
        for (int row : labelled.rows(label -> label.role() == Role.STEP)) {
            int process = trace.processes().processOf(trace.ranges().thread(row));
            spans.ofProcess
                    .computeIfAbsent(process, p -> new TreeMap<>())
                    .put(
                            trace.ranges().startNs(row),
                            new Span(
                                    trace.ranges().endNs(row),
                                    labelled.labels(row).get(0).iteration()));
        }
        return spans;
    }

    /** The iteration in whose range a process was at a time; -1 where there is none. */
    public int at(int process, long timeNs) {
        Map.Entry<Long, Span> found =
                ofProcess.getOrDefault(process, new TreeMap<>()).floorEntry(timeNs);
        return found == null || found.getValue().endNs() < timeNs
                ? -1
                : found.getValue().iteration();
    }
}
