package io.github.bubbletrace.format.capture;

import io.github.bubbletrace.format.jfr.RecordedSpans;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.StopTable;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a capture the stage spans of the Java agent that ran in its process, as ranges on the threads that issued the work.
 * Ids tell which calls a span made, whatever the clocks say; spans without any are placed by thread and time.
 */
final class StageJoin {

    /** The calls that one span made. */
    private static final class Calls {

        private int thread;
        private long firstNs = Long.MAX_VALUE;
        private long lastNs = Long.MIN_VALUE;

        void add(int ofThread, long startNs) {
            thread = ofThread;
            firstNs = Math.min(firstNs, startNs);
            lastNs = Math.max(lastNs, startNs);
        }
    }

    private final LongColumn spanId = new LongColumn();
    private final IntColumn spanCorrelation = new IntColumn();
    private final IntColumn callCorrelation = new IntColumn();
    private final IntColumn callThread = new IntColumn();
    private final LongColumn callStartNs = new LongColumn();

    void addSpan(long id, int correlation) {
        spanId.add(id);
        spanCorrelation.add(correlation);
    }

    void addCall(int correlation, int thread, long startNs) {
        callCorrelation.add(correlation);
        callThread.add(thread);
        callStartNs.add(startNs);
    }

    /**
     * Adds what the recording of {@code pid} says, where there is one among {@code recordings}.
     *
     * @param globalPid the process as threads name it
     * @param zeroNs where the capture's time begins
     */
    void addTo(TraceBuilder builder, List<RecordedSpans> recordings, long pid, long globalPid, long zeroNs) {
        for (RecordedSpans recording : recordings) {
            if (recording.isAnchored() && recording.pid() == pid) {
                addRanges(builder, recording, globalPid, zeroNs);
                addPauses(builder, recording, zeroNs);
            }
        }
    }

    private void addRanges(TraceBuilder builder, RecordedSpans recording, long globalPid, long zeroNs) {
        Map<Long, Calls> callsOfSpan = callsOfSpan();
        int domain = builder.strings().intern("");
        for (int row = 0; row < recording.size(); row++) {
            Calls calls = callsOfSpan.get(recording.id(row));
            long thread = recording.thread(row);
            if (recording.label(row).isEmpty() || (calls == null && thread < 0)) {
                continue;
            }
            long start = recording.startNs(row) - zeroNs;
            long end = recording.endNs(row) - zeroNs;
            builder.addRange(
                    calls == null ? start : Math.min(start, calls.firstNs),
                    calls == null ? end : Math.max(end, calls.lastNs + 1),
                    calls == null ? builder.thread(globalPid | thread) : calls.thread,
                    builder.strings().intern(recording.label(row)),
                    domain);
        }
    }

    private Map<Long, Calls> callsOfSpan() {
        Map<Integer, Long> spanOf = new HashMap<>();
        for (int row = 0; row < spanId.size(); row++) {
            spanOf.put(spanCorrelation.get(row), spanId.get(row));
        }
        Map<Long, Calls> calls = new HashMap<>();
        for (int row = 0; row < callCorrelation.size(); row++) {
            Long span = spanOf.get(callCorrelation.get(row));
            if (span != null) {
                calls.computeIfAbsent(span, s -> new Calls()).add(callThread.get(row), callStartNs.get(row));
            }
        }
        return calls;
    }

    private static void addPauses(TraceBuilder builder, RecordedSpans recording, long zeroNs) {
        for (int row = 0; row < recording.pauses(); row++) {
            builder.addStop(
                    recording.pauseStartNs(row) - zeroNs,
                    recording.pauseEndNs(row) - zeroNs,
                    StopTable.ALL,
                    recording.pauseKind(row),
                    builder.strings().intern(recording.pauseText(row)));
        }
    }
}
