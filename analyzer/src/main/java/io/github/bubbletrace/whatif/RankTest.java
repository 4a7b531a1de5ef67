package io.github.bubbletrace.whatif;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Mann and Whitney's test: whether the ranks of a part of a sample are those of any part, whatever its distribution. */
final class RankTest {

    /** From so many values on in both parts the normal distribution is near, and its tail is the longer one. */
    private static final int LARGE = 20;

    private RankTest() {}

    /** The rank of every value, from 1; equal values share the mean of theirs. */
    static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0, end; from < order.length; from = end) {
            end = from + 1;
            while (end < order.length && values[order[end]] == values[order[from]]) {
                end++;
            }
            for (int i = from; i < end; i++) {
                ranks[order[i]] = (from + 1 + end) / 2.0;
            }
        }
        return ranks;
    }

    /**
     * How likely a part of {@code k} of {@code k + m} values has a sum of ranks at least as far from its mean as {@code sum}
     * is, on either side, where every choice of k values is equally likely.
     */
    static double chance(double sum, int k, int m) {
        double below = sum - k * (k + 1.0) / 2;
        double u = Math.ceil(Math.min(below, (double) k * m - below));
        return Math.min(
                1, 2 * (Math.min(k, m) <= LARGE ? exact((int) u, Math.min(k, m), Math.max(k, m)) : tail(u, k, m)));
    }

    /**
     * The share of the choices of {@code k} of {@code k + m} ranks that exceed at most {@code u} of the other ranks in all:
     * the first coefficients of the Gaussian binomial, whose factors are (1 - q^(m+i)) / (1 - q^i).
     */
    private static double exact(int u, int k, int m) {
        double[] share = new double[u + 1];
        share[0] = 1;
        for (int i = 1; i <= k; i++) {
            for (int d = i; d <= u; d++) {
                share[d] += share[d - i];
            }
            for (int d = u; d >= m + i; d--) {
                share[d] -= share[d - m - i];
            }
            for (int d = 0; d <= u; d++) {
                share[d] *= (double) i / (m + i);
            }
        }
        double sum = 0;
        for (double one : share) {
            sum += one;
        }
        return sum;
    }

    /** Mills' bound of the normal tail, with half a rank of continuity. */
    private static double tail(double u, int k, int m) {
        double z = ((double) k * m / 2 - u - 0.5) / Math.sqrt(k * (double) m * (k + m + 1.0) / 12);
        return z <= 1 ? 0.5 : Math.exp(-z * z / 2) / (z * Math.sqrt(2 * Math.PI));
    }
}
