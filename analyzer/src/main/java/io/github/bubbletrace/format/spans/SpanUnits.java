package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.format.TimeUnit;
import java.util.Arrays;

/**
 * The unit of a column of times from its values: times since 1970 tell by their size; else the middle span decides, as
 * a task lasts from a millisecond to a second.
 */
final class SpanUnits {

    private SpanUnits() {}

    /**
     * The likely unit.
     *
     * @param starts some start times, as written
     * @param lengths the lengths of the same spans, as written
     */
    static TimeUnit infer(double[] starts, double[] lengths) {
        double start = middle(starts);
        for (TimeUnit unit : TimeUnit.values()) {
            double seconds = start / Math.pow(10, 9 - unit.power());
            if (seconds > 1e9 && seconds < 5e9) {
                return unit;
            }
        }
        double length = middle(lengths);
        return length < 1 ? TimeUnit.S : length < 1e3 ? TimeUnit.MS : length < 1e6 ? TimeUnit.US : TimeUnit.NS;
    }

    private static double middle(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
