package io.github.bubbletrace.pipeline.clock;

import java.util.Arrays;

/**
 * How much later the clock of one file shows a moment than that of another, to some microseconds: where sends of either
 * meet receives of the other most often. Clocks drift while a sample is taken, so some speeds are tried as well.
 *
 * @param atNs moment of the first file
 * @param offsetNs the difference then
 * @param drift what it grows by in a nanosecond
 * @param withinNs how far off that may be while the sample was taken
 * @param meetings how many transfers of the sample met
 * @param share how many that is of those that could have
 * @param isSure whether no device that is missing can explain it: transfers of both directions met, or nearly all did
 */
record RoughDifference(
        long atNs, long offsetNs, double drift, long withinNs, int meetings, double share, boolean isSure) {

    /** Transfers that end this far apart may be one where clocks agree. */
    static final long NEAR_NS = 20_000;

    /** Quartz keeps time better than this. */
    private static final double FASTEST = 100e-6;

    private static final int MOST_SPEEDS = 8;

    /** A longer sample than this is taken only where it would hold too few transfers. */
    private static final long SHORT_NS = 200_000_000;

    private static final int SMALLEST_SAMPLE = 64;

    /** Two files are neighbours where this share of a sample meets; fewer meet by chance. */
    private static final double LEAST_SHARE = 0.2;

    private static final int LEAST = 6;

    /** So much of the most meetings is enough for clocks that already agree. */
    private static final double AGREED = 0.85;

    /** Where another difference explains this share of the meetings of the best, it may as well be that. */
    private static final double ONLY = 0.7;

    /**
     * Where a stage between two others is missing, what it does takes as long every time; so what those two exchange with it
     * meets in one direction, moved by that time, and not in the other.
     */
    private static final double BOTH_WAYS = 0.5;

    private static final double NEARLY_ALL = 0.8;

    private static final int NOWHERE = -1;

    /** Clocks of which nothing is known are no further apart than this, once both begin together. */
    private static final long ANYWHERE_NS = 100_000_000_000L;

    /** The only likely difference of clocks of which nothing is known, or null where there are several or none. */
    static RoughDifference anywhere(TransferEnds one, TransferEnds other, int sample) {
        if (one.size() == 0 || other.size() == 0) {
            return null;
        }
        long reaches =
                Math.max(one.endNs(one.size() - 1) - other.endNs(0), other.endNs(other.size() - 1) - one.endNs(0));
        return between(one, other, sample, Math.min(ANYWHERE_NS, Math.max(reaches, NEAR_NS) + NEAR_NS), true);
    }

    /** The likeliest difference of at most {@code furthestNs}, or null where too few transfers meet. */
    static RoughDifference between(TransferEnds one, TransferEnds other, int sample, long furthestNs) {
        return between(one, other, sample, furthestNs, false);
    }

    private static RoughDifference between(
            TransferEnds one, TransferEnds other, int sample, long furthestNs, boolean only) {
        if (one.size() == 0 || other.size() == 0) {
            return null;
        }
        int from = one.firstFrom(other.endNs(0) - furthestNs);
        int to = sampleEnd(one, from, sample);
        if (from == to) {
            return null;
        }
        long lastsNs = one.endNs(to - 1) - one.endNs(from);
        int speeds = (int) Math.min(MOST_SPEEDS, Math.ceil(FASTEST * lastsNs / NEAR_NS - 0.5));
        long binNs = Math.min(furthestNs, Math.max(NEAR_NS, (long) (FASTEST * lastsNs / MOST_SPEEDS)));
        int[] histogram = new int[(int) (2 * furthestNs / binNs) + 2];
        int[] sent = new int[histogram.length];
        int[] received = new int[histogram.length];
        int couldMeet = Math.min(to - from, other.size());
        RoughDifference best = null;
        boolean isOnly = true;
        for (int i = 0; i <= 2 * speeds; i++) {
            int speed = i % 2 == 0 ? -i / 2 : (i + 1) / 2;
            double drift = speeds == 0 ? 0 : FASTEST * speed / speeds;
            Arrays.fill(histogram, 0);
            Arrays.fill(sent, 0);
            Arrays.fill(received, 0);
            count(one, other, from, to, drift, furthestNs, binNs, histogram, sent, received);
            int bin = likeliest(histogram, only ? NOWHERE : (int) (furthestNs / binNs) - 1);
            int meetings = histogram[bin] + histogram[bin + 1];
            if (best == null || meetings > best.meetings()) {
                long offset = (bin + 1) * binNs - furthestNs;
                double share = (double) meetings / couldMeet;
                boolean isSure = share >= NEARLY_ALL || bothWays(sent, received, bin) >= BOTH_WAYS;
                best = new RoughDifference(one.endNs(from), offset, drift, binNs, meetings, share, isSure);
                isOnly = !only || isOnly(histogram, bin);
            }
        }
        return !isOnly || best.meetings() < Math.max(LEAST, LEAST_SHARE * couldMeet) ? null : best;
    }

    /** The rarer direction of what met as a share of the other one: 1 or less. */
    private static double bothWays(int[] sent, int[] received, int bin) {
        int forth = held(sent, bin);
        int back = held(received, bin);
        return (double) Math.min(forth, back) / Math.max(1, Math.max(forth, back));
    }

    /** Whether no other difference explains nearly as many meetings. */
    private static boolean isOnly(int[] histogram, int best) {
        for (int bin = 0; bin + 1 < histogram.length; bin++) {
            if (Math.abs(bin - best) > 2 && held(histogram, bin) >= ONLY * held(histogram, best)) {
                return false;
            }
        }
        return true;
    }

    private static int sampleEnd(TransferEnds one, int from, int sample) {
        int most = Math.min(sample, one.size() - from);
        if (most <= SMALLEST_SAMPLE) {
            return from + most;
        }
        int enough = one.firstFrom(one.endNs(from) + SHORT_NS);
        return Math.max(from + SMALLEST_SAMPLE, Math.min(from + most, enough));
    }

    private static void count(
            TransferEnds one,
            TransferEnds other,
            int from,
            int to,
            double drift,
            long furthestNs,
            long binNs,
            int[] histogram,
            int[] sent,
            int[] received) {
        for (int i = from; i < to; i++) {
            long expected = one.endNs(i) + Math.round(drift * (one.endNs(i) - one.endNs(from)));
            int last = -1;
            for (int j = other.firstFrom(expected - furthestNs);
                    j < other.size() && other.endNs(j) - expected <= furthestNs;
                    j++) {
                int bin = (int) ((other.endNs(j) - expected + furthestNs) / binNs);
                if (bin != last && one.mayMeet(i, other, j)) {
                    histogram[bin]++;
                    sent[bin] += one.isReceive(i) ? 0 : 1;
                    received[bin] += one.isSend(i) ? 0 : 1;
                    last = bin;
                }
            }
        }
    }

    /**
     * The bin that with the next one holds most. Stages in lockstep meet nearly as often some steps apart; so clocks that
     * already agree are let be.
     */
    private static int likeliest(int[] histogram, int middle) {
        int best = Math.max(0, middle);
        for (int bin = 0; bin + 1 < histogram.length; bin++) {
            best = held(histogram, bin) > held(histogram, best) ? bin : best;
        }
        return middle >= 0 && held(histogram, middle) >= AGREED * held(histogram, best) ? middle : best;
    }

    private static int held(int[] histogram, int bin) {
        return histogram[bin] + histogram[bin + 1];
    }
}
