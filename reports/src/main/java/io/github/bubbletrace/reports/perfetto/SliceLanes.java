package io.github.bubbletrace.reports.perfetto;

import java.util.ArrayList;
import java.util.List;

/** Spreads slices over lanes so that none overlaps another of its lane: a trace viewer would draw them wrongly. */
final class SliceLanes {

    private final List<Long> endNs = new ArrayList<>();

    /** The lowest lane that is free at {@code startNs}; slices come by start. */
    int place(long startNs, long endsNs) {
        for (int lane = 0; lane < endNs.size(); lane++) {
            if (endNs.get(lane) <= startNs) {
                endNs.set(lane, endsNs);
                return lane;
            }
        }
        endNs.add(endsNs);
        return endNs.size() - 1;
    }
}
