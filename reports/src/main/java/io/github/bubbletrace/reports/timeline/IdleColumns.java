package io.github.bubbletrace.reports.timeline;

import io.github.bubbletrace.analysis.IdleSpans;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.List;

/** The columns of idle spans, one lane after the other. */
final class IdleColumns {

    private final Varints counts = new Varints();
    private final Varints gaps = new Varints();
    private final Varints lengths = new Varints();
    private final Varints causes = new Varints();
    private final Varints joined = new Varints();

    /** The idle spans of one lane over all windows. */
    static final class LaneIdle {

        private final LongColumn startNs = new LongColumn();
        private final LongColumn endNs = new LongColumn();
        private final IntColumn cause = new IntColumn();

        /** Appends the spans of a window that are not shorter than {@code leastNs}. */
        void add(IdleSpans idle, long leastNs) {
            for (int i = 0; i < idle.size(); i++) {
                if (idle.endNs(i) - idle.startNs(i) >= leastNs) {
                    startNs.add(idle.startNs(i));
                    endNs.add(idle.endNs(i));
                    cause.add(idle.cause(i).ordinal());
                }
            }
        }
    }

    /** Appends a lane. */
    void add(LaneIdle idle) {
        counts.add(idle.startNs.size());
        long beforeNs = 0;
        for (int span : RadixOrder.of(idle.startNs.toArray())) {
            gaps.addSigned(idle.startNs.get(span) - beforeNs);
            lengths.add(idle.endNs.get(span) - idle.startNs.get(span));
            causes.add(idle.cause.get(span));
            joined.add(0);
            beforeNs = idle.endNs.get(span);
        }
    }

    /** All of them, in the order of the file. */
    List<Varints> inOrder() {
        return List.of(counts, gaps, lengths, causes, joined);
    }
}
