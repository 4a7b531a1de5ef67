package io.github.bubbletrace.format.chrome;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Begin events that wait for their end, innermost first on each thread; bounded, as ends may never come. */
final class OpenSpans {

    private static final int MAX_OPEN = 1_000_000;

    /** What a begin event said. */
    static final class Open {

        final int name;
        final long startNs;
        final long bytes;
        private final int[] said;

        Open(Event event) {
            name = event.name;
            startNs = event.startNs;
            bytes = event.bytes;
            said = event.said.clone();
        }

        /** What the begin said of the span, or else its end. */
        int[] saidOr(int[] atEnd) {
            int[] both = said.clone();
            for (int i = 0; i < both.length; i++) {
                both[i] = both[i] < 0 ? atEnd[i] : both[i];
            }
            return both;
        }
    }

    private final Map<List<Long>, Deque<Open>> ofThread = new HashMap<>();
    private int open;
    private long unpaired;

    void begin(Event event) {
        if (open == MAX_OPEN) {
            unpaired++;
            return;
        }
        open++;
        ofThread.computeIfAbsent(List.of(event.process, event.thread), t -> new ArrayDeque<>())
                .push(new Open(event));
    }

    /** The begin that {@code event} ends, or null, counted. */
    Open end(Event event) {
        Deque<Open> spans = ofThread.get(List.of(event.process, event.thread));
        if (spans == null || spans.isEmpty()) {
            unpaired++;
            return null;
        }
        open--;
        return spans.pop();
    }

    /** Begins without end and ends without begin so far. */
    long unpaired() {
        return unpaired + open;
    }
}
