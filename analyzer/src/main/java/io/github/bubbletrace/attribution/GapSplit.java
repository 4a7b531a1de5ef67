package io.github.bubbletrace.attribution;

/**
 * Splits the gaps of one device, in order, by their lengths in the replays R0 to R3 and the recorded idle time. With
 * c0 = min(g0, g4) and ck = min(max(gk, c(k-1)), g4) the parts c0, c1 - c0, c2 - c1, c3 - c2 and g4 - c3 are the time
 * lost to structure, imbalance, jitter, transfers and the rest.
 *
 * <p>In forward-only pipelines a gap has no fixed place, so what a replay's gap holds beyond the recorded one is carried
 * to the next: gk is replaced by gk + carry.
 */
final class GapSplit {

    static final int STRUCTURE = 0;
    static final int IMBALANCE = 1;
    static final int JITTER = 2;
    static final int TRANSFERS = 3;
    static final int REST = 4;

    private final boolean carries;
    private final long[] carry = new long[REST];

    GapSplit(boolean forwardOnly) {
        carries = forwardOnly;
    }

    /** Before a gap: lessens the carry of replay {@code k} by what its task just before took less than its own time. */
    void afterTask(int k, long ownNs, long replayedNs) {
        carry[k] = Math.max(0, carry[k] - Math.max(0, ownNs - replayedNs));
    }

    /**
     * The parts of the next gap, by the constants of this class.
     *
     * @param replayedNs its lengths in R0 to R3
     * @param idleNs its recorded idle time
     */
    long[] split(long[] replayedNs, long idleNs) {
        long[] parts = new long[REST + 1];
        long before = 0;
        for (int k = 0; k < REST; k++) {
            long length = replayedNs[k] + (carries ? carry[k] : 0);
            long clamped = Math.min(Math.max(length, before), idleNs);
            carry[k] = Math.max(0, length - clamped);
            parts[k] = clamped - before;
            before = clamped;
        }
        parts[REST] = idleNs - before;
        return parts;
    }
}
