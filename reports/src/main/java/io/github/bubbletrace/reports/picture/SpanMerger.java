package io.github.bubbletrace.reports.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Joins neighbouring spans too short to see into one span, filled as what takes most of it. */
final class SpanMerger {

    private final long minNs;
    private final List<PictureSpan> merged = new ArrayList<>();
    private final List<PictureSpan> pending = new ArrayList<>();

    private SpanMerger(long minNs) {
        this.minNs = minNs;
    }

    /** {@code spans}, by start, with those shorter than {@code minNs} joined to their neighbours of that kind. */
    static List<PictureSpan> merge(List<PictureSpan> spans, long minNs) {
        SpanMerger merger = new SpanMerger(minNs);
        spans.forEach(merger::add);
        merger.flush();
        return merger.merged;
    }

    private void add(PictureSpan span) {
        if (!pending.isEmpty()
                && span.startNs() - pending.get(pending.size() - 1).endNs() > minNs) {
            flush();
        }
        if (span.lengthNs() >= minNs) {
            flush();
            merged.add(span);
            return;
        }
        pending.add(span);
        if (span.endNs() - pending.get(0).startNs() >= minNs) {
            flush();
        }
    }

    private void flush() {
        if (pending.size() == 1) {
            merged.add(pending.get(0));
        } else if (!pending.isEmpty()) {
            merged.add(join());
        }
        pending.clear();
    }

    private PictureSpan join() {
        Map<String, Long> timeByCss = new HashMap<>();
        long endNs = 0;
        PictureSpan first = pending.get(0);
        String most = first.css();
        for (PictureSpan span : pending) {
            timeByCss.merge(span.css(), span.lengthNs(), Long::sum);
            endNs = Math.max(endNs, span.endNs());
            if (timeByCss.get(span.css()) > timeByCss.get(most)) {
                most = span.css();
            }
        }
        return new PictureSpan(first.startNs(), endNs, most, "", pending.size() + " short spans");
    }
}
