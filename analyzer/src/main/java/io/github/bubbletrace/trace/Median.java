package io.github.bubbletrace.trace;

import java.util.stream.DoubleStream;

/** The middle of a sample. */
public final class Median {

    private Median() {}

    /**
     * The middle value; of an even count the mean of the middle two.
     *
     * @throws IllegalArgumentException where there is no value
     */
    public static double of(DoubleStream values) {
        return ofSorted(values.sorted().toArray());
    }

    /**
     * The middle of values in ascending order.
     *
     * @throws IllegalArgumentException where there is no value
     */
    public static double ofSorted(double[] sorted) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("the median of nothing");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
