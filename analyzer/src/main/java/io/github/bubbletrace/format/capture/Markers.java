package io.github.bubbletrace.format.capture;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.RadixOrder;
import io.github.bubbletrace.trace.TraceBuilder;

/** NVTX markers: starts and ends with one id make a range. They may come in any order, as threads fill own buffers. */
final class Markers {

    private static final int START = 2;
    private static final int END = 4;

    private final LongColumn startId = new LongColumn();
    private final LongColumn startNs = new LongColumn();
    private final IntColumn thread = new IntColumn();
    private final IntColumn text = new IntColumn();
    private final IntColumn domain = new IntColumn();
    private final LongColumn endId = new LongColumn();
    private final LongColumn endNs = new LongColumn();

    /** Adds a marker; moments without length are no ranges. */
    void add(int flags, long timeNs, long id, int onThread, int textId, int domainId) {
        if ((flags & START) != 0) {
            startId.add(id);
            startNs.add(timeNs);
            thread.add(onThread);
            text.add(textId);
            domain.add(domainId);
        } else if ((flags & END) != 0) {
            endId.add(id);
            endNs.add(timeNs);
        }
    }

    /** Pairs them, by id and then in order of time. */
    void addRanges(TraceBuilder builder) {
        int[] starts = inOrder(startId, startNs);
        int[] ends = inOrder(endId, endNs);
        int e = 0;
        long lone = 0;
        for (int s = 0; s < starts.length; s++) {
            int start = starts[s];
            while (e < ends.length && isBefore(ends[e], start)) {
                e++;
                lone++;
            }
            if (e < ends.length && endId.get(ends[e]) == startId.get(start)) {
                builder.addRange(
                        startNs.get(start),
                        endNs.get(ends[e++]),
                        thread.get(start),
                        text.get(start),
                        domain.get(start));
            } else {
                builder.addOpenRange(startNs.get(start), thread.get(start), text.get(start), domain.get(start));
            }
        }
        builder.log().count(Oddity.UNPAIRED_EVENTS, lone + ends.length - e);
    }

    private boolean isBefore(int end, int start) {
        long id = endId.get(end);
        return id < startId.get(start) || (id == startId.get(start) && endNs.get(end) < startNs.get(start));
    }

    private static int[] inOrder(LongColumn ids, LongColumn times) {
        int[] byTime = RadixOrder.of(times.toArray());
        long[] id = new long[byTime.length];
        for (int i = 0; i < id.length; i++) {
            id[i] = ids.get(byTime[i]);
        }
        int[] byId = RadixOrder.of(id);
        for (int i = 0; i < byId.length; i++) {
            byId[i] = byTime[byId[i]];
        }
        return byId;
    }
}
