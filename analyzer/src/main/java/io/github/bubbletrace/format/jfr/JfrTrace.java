package io.github.bubbletrace.format.jfr;

import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.format.spans.SpanTable;
import io.github.bubbletrace.format.spans.SpanWord;
import io.github.bubbletrace.format.spans.SpanWriter;
import io.github.bubbletrace.format.spans.Track;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.StopKind;
import io.github.bubbletrace.trace.StopTable;
import io.github.bubbletrace.trace.Trace;
import io.github.bubbletrace.trace.TraceBuilder;
import io.github.bubbletrace.trace.TraceSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Makes a trace of a recording: each stage is a device of its own, busy inside its methods. */
final class JfrTrace {

    private static final String OUTSIDE = "call of a stage method";
    private static final String WAIT = "queue";

    private final JfrEvents events;
    private final TraceBuilder builder = new TraceBuilder();
    private final SpanTable table = new SpanTable();
    private final long originNs;

    private JfrTrace(JfrEvents events, long originNs) {
        this.events = events;
        this.originNs = originNs;
    }

    /**
     * The trace of {@code events}.
     *
     * @throws UnusableInputException where they hold no call of a stage method
     */
    static Trace build(String path, JfrEvents events) {
        StageSpans spans = events.spans();
        if (spans.size() == 0) {
            throw new UnusableInputException(
                    path,
                    "a recording without calls of stage methods",
                    "record with the agent: -javaagent:bubbletrace-agent.jar=rule=..., or bubbletrace attach PID");
        }
        return new JfrTrace(events, spans.startNs(spans.byStart()[0])).build(path);
    }

    /** The trace of {@code events} whose spans are shown with the kernels of a capture. */
    static Trace ofJoined(String path, JfrEvents events) {
        long first = events.spans().size() == 0
                ? 0
                : events.spans().startNs(events.spans().byStart()[0]);
        JfrTrace trace = new JfrTrace(events, first);
        trace.countOddities();
        return trace.frozen(path, List.of());
    }

    private void countOddities() {
        builder.log().addAll(events.log());
        builder.log().count(Oddity.NO_CLOCK_ANCHOR, events.anchors().isEmpty() ? 1 : 0);
        builder.log().count(Oddity.PROBE_FAILURES, events.anchors().failures());
        builder.log().count(Oddity.MICRO_BATCHES_COUNTED, events.spans().number());
    }

    private Trace build(String path) {
        countOddities();
        addSpans();
        events.handOvers().join(events.spans());
        addHandOvers();
        SpanWriter.write(table, builder);
        addStops();
        return frozen(path, List.of("GPU kernels"));
    }

    private Trace frozen(String path, List<String> missing) {
        return builder.build(new TraceSource(
                path,
                "jfr",
                events.javaVersion(),
                null,
                null,
                OptionalLong.of(originNs + events.anchors().aheadNs()),
                OptionalInt.empty(),
                missing));
    }

    private void addSpans() {
        StageSpans spans = events.spans();
        long unplaced = 0;
        for (int span = 0; span < spans.size(); span++) {
            boolean isPlaced = spans.stage(span) >= 0;
            unplaced += isPlaced ? 0 : 1;
            table.add(
                    track(span),
                    isPlaced ? word(SpanWord.Role.TASK, spans.phase(span)) : null,
                    builder.strings().intern(OUTSIDE),
                    spans.iteration(span),
                    -1,
                    isPlaced ? spans.microBatch(span) : -1,
                    spans.startNs(span) - originNs,
                    spans.endNs(span) - originNs,
                    -1);
        }
        builder.log().count(Oddity.SPANS_WITHOUT_STAGE, unplaced);
    }

    private void addHandOvers() {
        HandOvers all = events.handOvers();
        StageSpans spans = events.spans();
        for (int row = 0; row < all.size(); row++) {
            int span = all.span(row);
            if (span >= 0) {
                table.add(
                        track(span),
                        word(all.isTake(row) ? SpanWord.Role.RECV : SpanWord.Role.SEND, spans.phase(span)),
                        builder.strings().intern(WAIT),
                        spans.iteration(span),
                        -1,
                        spans.microBatch(span),
                        all.startNs(row) - originNs,
                        all.endNs(row) - originNs,
                        -1);
            }
        }
    }

    private void addStops() {
        Pauses pauses = events.pauses();
        for (int row = 0; row < pauses.size(); row++) {
            builder.addStop(
                    pauses.startNs(row) - originNs,
                    pauses.endNs(row) - originNs,
                    StopTable.ALL,
                    pauses.kind(row),
                    builder.strings().intern(pauses.text(row)));
        }
        HandOvers all = events.handOvers();
        for (int row = 0; row < all.size(); row++) {
            if (all.span(row) >= 0) {
                builder.addStop(
                        all.startNs(row) - originNs,
                        all.endNs(row) - originNs,
                        builder.process((rank(all.span(row)) + 1L) << 24),
                        StopKind.WAIT,
                        builder.strings().intern(WAIT));
            }
        }
    }

    private static SpanWord word(SpanWord.Role role, char phase) {
        SpanWord task = SpanWord.of(String.valueOf(phase)).orElseThrow();
        // Transfers call every forward so, in inference too.
        String ofTransfer = task.isForward() ? "forward" : task.phase();
        return role == SpanWord.Role.TASK ? task : new SpanWord(role, ofTransfer);
    }

    private Track track(int span) {
        int stage = events.spans().stage(span);
        int replica = events.anchors().replicas() > 1 ? events.anchors().replica() : -1;
        return new Track(replica, stage, -1, stage < 0 ? -1 : rank(span), events.pid(), 0);
    }

    /** Ranks count replicas first, then stages, so that the recordings of several processes agree. */
    private int rank(int span) {
        return events.anchors().replica()
                + events.anchors().replicas() * events.spans().stage(span);
    }
}
