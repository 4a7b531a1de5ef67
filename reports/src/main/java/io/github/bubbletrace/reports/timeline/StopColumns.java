package io.github.bubbletrace.reports.timeline;

import io.github.bubbletrace.analysis.HostStop;
import io.github.bubbletrace.trace.IntervalSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** When hosts stood still: one track a lane and reason, at most so many spans in all, the longest ones. */
public final class StopColumns {

    /** As many spans are drawn and written without a thought. */
    private static final int MOST = 20_000;

    private final List<HostStop> stops = new ArrayList<>();
    private final List<Integer> lane = new ArrayList<>();
    private final Set<String> reasons = new LinkedHashSet<>();
    private final long leastNs;

    /** The stops of the devices in {@code lanes}. */
    public StopColumns(List<HostStop> all, List<Lane> lanes) {
        for (int i = 0; i < lanes.size(); i++) {
            for (HostStop stop : all) {
                if (stop.device().equals(lanes.get(i).device())) {
                    stops.add(stop);
                    lane.add(i);
                    reasons.add(stop.reason());
                }
            }
        }
        leastNs = leastNs();
    }

    /** Spans shorter than this are left out; 0 where all are shown. */
    private long leastNs() {
        List<Long> lengths = new ArrayList<>();
        for (HostStop stop : stops) {
            for (int i = 0; i < stop.times().size(); i++) {
                lengths.add(stop.times().endNs(i) - stop.times().startNs(i));
            }
        }
        if (lengths.size() <= MOST) {
            return 0;
        }
        lengths.sort(Comparator.reverseOrder());
        return lengths.get(MOST - 1) + 1;
    }

    /** Whether there is anything to show. */
    public boolean isEmpty() {
        return stops.isEmpty();
    }

    /** Whether short ones are left out. */
    public boolean isShortened() {
        return leastNs > 0;
    }

    /** What the stops are called, by number. */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** Tracks: lane, kind, reason, how many spans, and of each its start after the end of the one before and its length. */
    Varints column() {
        Varints column = new Varints();
        List<String> numbered = reasons();
        column.add(stops.size());
        for (int i = 0; i < stops.size(); i++) {
            HostStop stop = stops.get(i);
            column.add(lane.get(i));
            column.add(stop.kind().ordinal());
            column.add(numbered.indexOf(stop.reason()));
            write(column, stop.times());
        }
        return column;
    }

    private void write(Varints column, IntervalSet times) {
        int count = 0;
        for (int i = 0; i < times.size(); i++) {
            count += times.endNs(i) - times.startNs(i) >= leastNs ? 1 : 0;
        }
        column.add(count);
        long beforeNs = 0;
        for (int i = 0; i < times.size(); i++) {
            if (times.endNs(i) - times.startNs(i) >= leastNs) {
                column.addSigned(times.startNs(i) - beforeNs);
                column.add(times.endNs(i) - times.startNs(i));
                beforeNs = times.endNs(i);
            }
        }
    }
}
