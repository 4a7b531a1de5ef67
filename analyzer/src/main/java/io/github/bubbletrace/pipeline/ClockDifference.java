package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.trace.LongColumn;
import java.util.Arrays;
import java.util.List;

/**
 * How much later the clock of one file shows a moment than that of another, by the transfers between them: both kernels of
 * a pair end together. Where sends of either meet receives of the other most often, that is the difference.
 *
 * @param offsetNs the difference
 * @param errorNs how far off that may be: what its transfers scatter, and what it changes from the trace's first half to
 *     its second
 * @param meetings how many transfers of the sample met
 * @param share how many that is of those that could have
 */
record ClockDifference(long offsetNs, long errorNs, int meetings, double share) {

    /** Clocks that NTP keeps are no further apart. */
    private static final long FURTHEST_NS = 100_000_000;

    private static final long BIN_NS = 20_000;
    private static final int BINS = (int) (2 * FURTHEST_NS / BIN_NS) + 2;

    /** Two files are neighbours where this share of a sample meets; fewer meet by chance. */
    private static final double LEAST_SHARE = 0.2;

    private static final int LEAST = 6;

    /** So much of the most meetings is enough for clocks that already agree. */
    private static final double AGREED = 0.85;

    private static final long SMALLEST_ERROR_NS = 80;
    private static final int SCATTERS = 5;

    /** The difference by the first {@code sample} transfers of {@code one}, or null where too few meet. */
    static ClockDifference between(TransferEnds one, TransferEnds other, int sample) {
        int used = Math.min(sample, one.size());
        int[] histogram = new int[BINS];
        for (int i = 0; i < used; i++) {
            int last = -1;
            for (int j = other.firstFrom(one.endNs(i) - FURTHEST_NS);
                    j < other.size() && other.endNs(j) - one.endNs(i) <= FURTHEST_NS;
                    j++) {
                int bin = (int) ((other.endNs(j) - one.endNs(i) + FURTHEST_NS) / BIN_NS);
                if (bin != last && one.mayMeet(i, other, j)) {
                    histogram[bin]++;
                    last = bin;
                }
            }
        }
        int best = likeliest(histogram);
        int meetings = histogram[best] + histogram[best + 1];
        long least = Math.max(LEAST, (long) (LEAST_SHARE * Math.min(used, other.size())));
        double share = (double) meetings / Math.max(1, Math.min(used, other.size()));
        return meetings < least ? null : refined(one, other, (best + 1) * BIN_NS - FURTHEST_NS, meetings, share);
    }

    /**
     * The bin that with the next one holds most. Stages in lockstep meet nearly as often some steps apart; so clocks that
     * already agree are let be.
     */
    private static int likeliest(int[] histogram) {
        int middle = (int) (FURTHEST_NS / BIN_NS) - 1;
        int best = middle;
        for (int bin = 0; bin + 1 < histogram.length; bin++) {
            best = held(histogram, bin) > held(histogram, best) ? bin : best;
        }
        return held(histogram, middle) >= AGREED * held(histogram, best) ? middle : best;
    }

    private static int held(int[] histogram, int bin) {
        return histogram[bin] + histogram[bin + 1];
    }

    /** Takes the transfers between two files away from both. */
    void takeAway(List<TransferEnds> ends, int one, int other) {
        TransferEnds a = ends.get(one);
        TransferEnds b = ends.get(other);
        boolean[] takenA = new boolean[a.size()];
        boolean[] takenB = new boolean[b.size()];
        for (int i = 0; i < takenA.length; i++) {
            for (int j = b.firstFrom(a.endNs(i) + offsetNs - BIN_NS);
                    j < takenB.length && !takenA[i] && b.endNs(j) - a.endNs(i) - offsetNs <= BIN_NS;
                    j++) {
                if (!takenB[j] && a.mayMeet(i, b, j)) {
                    takenA[i] = true;
                    takenB[j] = true;
                }
            }
        }
        ends.set(one, a.without(takenA));
        ends.set(other, b.without(takenB));
    }

    private static ClockDifference refined(
            TransferEnds one, TransferEnds other, long roughNs, int meetings, double share) {
        LongColumn differences = new LongColumn();
        for (int i = 0; i < one.size(); i++) {
            long nearest = Long.MAX_VALUE;
            for (int j = other.firstFrom(one.endNs(i) + roughNs - BIN_NS);
                    j < other.size() && other.endNs(j) - one.endNs(i) - roughNs <= BIN_NS;
                    j++) {
                long difference = other.endNs(j) - one.endNs(i);
                if (one.mayMeet(i, other, j) && Math.abs(difference - roughNs) < Math.abs(nearest - roughNs)) {
                    nearest = difference;
                }
            }
            if (nearest < Long.MAX_VALUE) {
                differences.add(nearest);
            }
        }
        long[] inOrder = differences.toArray();
        long middle = median(inOrder, 0, inOrder.length);
        long[] scatter = Arrays.stream(inOrder).map(d -> Math.abs(d - middle)).toArray();
        long half = inOrder.length < 4
                ? 0
                : Math.abs(
                        median(inOrder, 0, inOrder.length / 2) - median(inOrder, inOrder.length / 2, inOrder.length));
        long error = SCATTERS * median(scatter, 0, scatter.length) + half;
        return new ClockDifference(middle, Math.max(SMALLEST_ERROR_NS, error), meetings, share);
    }

    private static long median(long[] values, int from, int to) {
        long[] sorted = Arrays.copyOfRange(values, from, to);
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
