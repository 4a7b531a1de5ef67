package io.github.bubbletrace.pipeline.unlabelled.silent;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where all iterations of a run compute the same, each device sends after the same of its kernels in all of them: what is open
 * in one others tell. Whether iterations are equal is shown by all sends that are known. In what order receives are posted does
 * not matter.
 */
final class EqualIterations {

    /** The fewest iterations that say anything of each other. */
    static final int FEWEST = 3;

    /** So many iterations must be known where another one is not. */
    private static final int LEAST_KNOWN = 2;

    /** Where a larger share of transfers is open, the others show too little. */
    private static final double MOST_OPEN = 0.1;

    private final LaunchOrder order;

    EqualIterations(LaunchOrder order) {
        this.order = order;
    }

    /** Whether kernels may be those of so many iterations. */
    boolean divides(int iterations) {
        return IntStream.range(0, order.devices()).allMatch(device -> kernels(device) % iterations == 0);
    }

    /** The most iterations that there may be. */
    int most() {
        return IntStream.range(0, order.devices())
                .map(this::kernels)
                .filter(kernels -> kernels > 0)
                .min()
                .orElse(0);
    }

    /**
     * What some number of equal iterations leaves for each row of {@code left}, the kinds of {@link TurnRules}; the same where
     * iterations differ or too little is known.
     *
     * @param iterations one that {@link #divides}
     */
    int[] narrowed(int[] left, int iterations) {
        int[] narrowed = left.clone();
        for (int device = 0; device < order.devices(); device++) {
            if (!narrow(device, left, iterations, narrowed)) {
                return left;
            }
        }
        return narrowed;
    }

    /** Narrows the rows of a device, and says whether its iterations are equal. */
    private boolean narrow(int device, int[] left, int iterations, int[] narrowed) {
        int[] sends = new int[kernels(device) + 1];
        int[] open = new int[kernels(device) + 1];
        int allOpen = 0;
        for (int k = 0; k < order.size(device); k++) {
            int kinds = left[order.row(device, k)];
            sends[order.end(device, k)] += kinds == TurnRules.OUT ? 1 : 0;
            open[order.end(device, k)] += Integer.bitCount(kinds) > 1 ? 1 : 0;
            allOpen += Integer.bitCount(kinds) > 1 ? 1 : 0;
        }
        if (allOpen > MOST_OPEN * order.size(device) || Arrays.stream(sends).anyMatch(some -> some > 1)) {
            return false;
        }
        int period = kernels(device) / iterations;
        int[] sending = new int[period + 1];
        int[] idle = new int[period + 1];
        for (int at = 1; at < sends.length; at++) {
            int place = place(at, period);
            sending[place] += sends[at];
            idle[place] += sends[at] == 0 && open[at] == 0 ? 1 : 0;
            if (sending[place] > 0 && idle[place] > 0) {
                return false;
            }
        }
        for (int k = 0; k < order.size(device); k++) {
            int row = order.row(device, k);
            int at = order.end(device, k);
            if (Integer.bitCount(left[row]) > 1 && at > 0) {
                int place = place(at, period);
                if (sends[at] > 0 || idle[place] >= LEAST_KNOWN) {
                    narrowed[row] = TurnRules.IN;
                } else if (open[at] == 1 && sending[place] >= LEAST_KNOWN) {
                    narrowed[row] = TurnRules.OUT;
                }
            }
        }
        return true;
    }

    /** After how many kernels of an iteration something comes, from 1. */
    private static int place(int at, int period) {
        return (at - 1) % period + 1;
    }

    private int kernels(int device) {
        return order.end(device, order.size(device));
    }
}
