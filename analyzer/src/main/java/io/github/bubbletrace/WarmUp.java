package io.github.bubbletrace;

import io.github.bubbletrace.trace.Median;
import java.util.List;

/**
 * Which leading iterations are warm-up: those longer than 1.5 x the median of the others, at most 3, only where there are
 * 5 or more.
 */
final class WarmUp {

    private static final int FEWEST = 5;
    private static final int MOST_SKIPPED = 3;
    private static final double LONGER = 1.5;

    private WarmUp() {}

    /** How many of the iterations, given their lengths in nanoseconds, are warm-up. */
    static int iterations(List<Long> windowNs) {
        int skipped = 0;
        while (windowNs.size() >= FEWEST
                && skipped < MOST_SKIPPED
                && windowNs.get(skipped)
                        > LONGER
                                * Median.of(windowNs.subList(skipped + 1, windowNs.size()).stream()
                                        .mapToDouble(Long::doubleValue))) {
            skipped++;
        }
        return skipped;
    }
}
