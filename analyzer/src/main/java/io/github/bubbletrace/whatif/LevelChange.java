package io.github.bubbletrace.whatif;

import io.github.bubbletrace.trace.Median;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where a sequence of values changes from one level to another: most values on either side lie farther from the other level
 * than values scatter, ranks are apart as chance hardly puts them, and no straight line fits as well.
 *
 * @param at how many values lie before it
 * @param before the median of those
 * @param after the median of the others
 * @param isEarly whether at most a quarter of the values lie before it
 */
record LevelChange(int at, double before, double after, boolean isEarly) {

    /** Fewer values show no level. */
    static final int FEWEST = 12;

    /** Share of sequences without any change in which ranks alone show an early one, at most; the same for a late one. */
    static final double CHANCE = 0.05;

    private static final int SIDE = 2;
    private static final int EARLY = 4;
    private static final double LEAST = 0.01;
    private static final double SCATTERS = 4;
    private static final double OUTLIER = 10;

    /** Standard deviation of normal values over their median deviation. */
    private static final double NORMAL = 1.4826;

    /** The clearest change in {@code values}; empty where there is none, or too few values to say. */
    static Optional<LevelChange> in(double[] values) {
        if (values.length < FEWEST) {
            return Optional.empty();
        }
        double[] ranks = RankTest.ranks(values);
        double[] clipped = clipped(values);
        LevelChange change = at(at(clearest(clipped), values).nearest(values), values);
        boolean isChange = change.isClear(values) && change.isNoDrift(clipped) && change.chance(ranks) <= CHANCE;
        return isChange ? Optional.of(change) : Optional.empty();
    }

    private static LevelChange at(int at, double[] values) {
        return new LevelChange(
                at,
                Median.of(Arrays.stream(values, 0, at)),
                Median.of(Arrays.stream(values, at, values.length)),
                EARLY * at <= values.length);
    }

    /** The level before over the level after, less 1. */
    double difference() {
        return before / after - 1;
    }

    /** The values without outliers: cut off far from the median. */
    private static double[] clipped(double[] values) {
        double median = Median.of(Arrays.stream(values));
        double scatter = NORMAL * Median.of(Arrays.stream(values).map(value -> Math.abs(value - median)));
        double most = OUTLIER * Math.max(scatter, LEAST * median);
        return Arrays.stream(values)
                .map(value -> Math.max(median - most, Math.min(median + most, value)))
                .toArray();
    }

    /** Where two means leave the least squares. */
    private static int clearest(double[] values) {
        int n = values.length;
        double mean = Arrays.stream(values).sum() / n;
        int best = SIDE;
        double farthest = -1;
        double sum = 0;
        for (int k = 1; k <= n - SIDE; k++) {
            sum += values[k - 1] - mean;
            double far = sum * sum / k / (n - k);
            if (k >= SIDE && far > farthest) {
                farthest = far;
                best = k;
            }
        }
        return best;
    }

    /** Where both levels are nearest to their values. */
    private int nearest(double[] values) {
        int best = SIDE;
        double least = Double.MAX_VALUE;
        double more = 0;
        for (int k = 1; k <= values.length - SIDE; k++) {
            more += Math.abs(values[k - 1] - before) - Math.abs(values[k - 1] - after);
            if (k >= SIDE && more < least) {
                least = more;
                best = k;
            }
        }
        return best;
    }

    private boolean isClear(double[] values) {
        double scatter = NORMAL
                * Median.of(IntStream.range(0, values.length)
                        .mapToDouble(i -> Math.abs(values[i] - (i < at ? before : after))));
        double far = Math.max(SCATTERS * scatter, LEAST * after);
        return areMostly(values, 0, at, after, far) && areMostly(values, at, values.length, before, far);
    }

    /** Whether two means leave less of the squares than a straight line does. */
    private boolean isNoDrift(double[] values) {
        int n = values.length;
        double mean = Arrays.stream(values).sum() / n;
        double first = 0;
        double slope = 0;
        for (int i = 0; i < n; i++) {
            first += i < at ? values[i] - mean : 0;
            slope += (i - (n - 1) / 2.0) * (values[i] - mean);
        }
        double byLevels = first * first * n / at / (n - at);
        double byLine = 12 * slope * slope / n / ((double) n * n - 1);
        return byLevels > byLine;
    }

    /** Whether more than half of the values in a range are {@code far} or farther from {@code level}. */
    private static boolean areMostly(double[] values, int from, int to, double level, double far) {
        long count = Arrays.stream(values, from, to)
                .filter(value -> Math.abs(value - level) >= far)
                .count();
        return 2 * count > to - from;
    }

    /** How likely ranks that mean nothing are so far apart at any place of its kind, at most. */
    private double chance(double[] ranks) {
        int n = ranks.length;
        int places = isEarly ? n / EARLY - SIDE + 1 : n - 2 * SIDE + 1;
        return places * RankTest.chance(Arrays.stream(ranks, 0, at).sum(), at, n - at);
    }
}
