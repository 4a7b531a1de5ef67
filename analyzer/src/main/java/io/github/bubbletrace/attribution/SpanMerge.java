package io.github.bubbletrace.attribution;

import io.github.bubbletrace.trace.IntervalSet;

/** Walks the three disjoint sets of a hull's idle time as one list by start. */
final class SpanMerge {

    /** Takes one span with its cause. */
    interface Sink {
        void add(long startNs, long endNs, Cause cause);
    }

    private static final Cause[] CAUSES = {Cause.COLLECTIVE, Cause.P2P, Cause.HOST};

    private final IntervalSet[] sets;

    private SpanMerge(HullIdle idle) {
        sets = new IntervalSet[] {idle.collective(), idle.p2p(), idle.host()};
    }

    static SpanMerge of(HullIdle idle) {
        return new SpanMerge(idle);
    }

    void forEach(Sink sink) {
        int[] next = new int[sets.length];
        while (true) {
            int first = -1;
            for (int s = 0; s < sets.length; s++) {
                boolean left = next[s] < sets[s].size();
                if (left && (first < 0 || sets[s].startNs(next[s]) < sets[first].startNs(next[first]))) {
                    first = s;
                }
            }
            if (first < 0) {
                return;
            }
            int i = next[first]++;
            sink.add(sets[first].startNs(i), sets[first].endNs(i), CAUSES[first]);
        }
    }
}
