package io.github.bubbletrace.reports.compare;

import java.util.Arrays;

/**
 * One quantity in two runs, with the noise between iterations.
 *
 * @param before mean over the iterations before
 * @param after mean over the iterations after
 * @param noise half width of the 99 % interval of the difference (Welch's t), or null where a run has one iteration
 */
public record Change(double before, double after, Double noise) {

    /** Two-sided 99 % quantiles of Student's t: degrees of freedom and quantile. */
    private static final double[][] STUDENT = {
        {1, 63.66},
        {2, 9.925},
        {3, 5.841},
        {4, 4.604},
        {5, 4.032},
        {6, 3.707},
        {7, 3.499},
        {8, 3.355},
        {9, 3.250},
        {10, 3.169},
        {12, 3.055},
        {15, 2.947},
        {20, 2.845},
        {30, 2.750},
        {60, 2.660},
        {120, 2.617}
    };

    /** The change from the iterations {@code before} to those {@code after}, neither empty. */
    static Change of(double[] before, double[] after) {
        return new Change(mean(before), mean(after), noise(before, after));
    }

    /** After less before. */
    public double difference() {
        return after - before;
    }

    /** Whether the difference is beyond the noise and at least {@code least}; where the noise is unknown, beyond that. */
    public boolean isBeyondNoise(double least) {
        return Math.abs(difference()) > Math.max(least, noise == null ? 0 : noise);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Welch's interval: variances may differ. */
    private static Double noise(double[] before, double[] after) {
        if (before.length < 2 || after.length < 2) {
            return null;
        }
        double a = variance(before) / before.length;
        double b = variance(after) / after.length;
        if (a + b == 0) {
            return 0.0;
        }
        double freedom = (a + b) * (a + b) / (a * a / (before.length - 1) + b * b / (after.length - 1));
        return quantile(freedom) * Math.sqrt(a + b);
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }

    /** Of the table's next lower degrees of freedom: never too small an interval. */
    private static double quantile(double freedom) {
        double quantile = STUDENT[0][1];
        for (double[] row : STUDENT) {
            quantile = freedom >= row[0] ? row[1] : quantile;
        }
        return quantile;
    }
}
