package io.github.bubbletrace.attribution;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.IdleSpans;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.LongColumn;

/** Idle spans with their causes, in columns, by start. */
final class CausedSpans implements IdleSpans {

    private static final Cause[] CAUSES = Cause.values();

    private final LongColumn startNs = new LongColumn();
    private final LongColumn endNs = new LongColumn();
    private final IntColumn cause = new IntColumn();
    private final long[] totalNs = new long[CAUSES.length];

    void add(long start, long end, Cause why) {
        if (end > start) {
            startNs.add(start);
            endNs.add(end);
            cause.add(why.ordinal());
            totalNs[why.ordinal()] += end - start;
        }
    }

    /** Lays {@code ns} by cause over the intervals of {@code idle}, one cause after the other in their order. */
    void lay(IntervalSet idle, long[] nsByOrdinal) {
        int next = 0;
        long left = nsByOrdinal[0];
        for (int i = 0; i < idle.size(); i++) {
            long cursor = idle.startNs(i);
            while (cursor < idle.endNs(i)) {
                while (left == 0) {
                    left = nsByOrdinal[++next];
                }
                long piece = Math.min(left, idle.endNs(i) - cursor);
                add(cursor, cursor + piece, CAUSES[next]);
                cursor += piece;
                left -= piece;
            }
        }
    }

    CauseTimes totals() {
        return CauseTimes.of(totalNs);
    }

    @Override
    public int size() {
        return startNs.size();
    }

    @Override
    public long startNs(int index) {
        return startNs.get(index);
    }

    @Override
    public long endNs(int index) {
        return endNs.get(index);
    }

    @Override
    public Cause cause(int index) {
        return CAUSES[cause.get(index)];
    }
}
