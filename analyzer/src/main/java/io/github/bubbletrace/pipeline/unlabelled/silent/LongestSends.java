package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;

/**
 * Where receives are posted ahead, a send waits for nobody and lasts as long as its transfer: what lasts far longer than all
 * sends that are known receives.
 */
final class LongestSends {

    /** By so much a send may last longer than all that are known. */
    private static final double FAR = 2;

    /** So many sends of a device must be known for each of its transfers that is open. */
    private static final int LEAST_KNOWN = 16;

    private final Operations operations;
    private final int devices;

    LongestSends(Operations operations, int devices) {
        this.operations = operations;
        this.devices = devices;
    }

    /** What that leaves for each row of {@code left}, the kinds of {@link TurnRules}. */
    int[] narrowed(int[] left) {
        long[] longestNs = new long[devices];
        int[] known = new int[devices];
        int[] open = new int[devices];
        for (int row = 0; row < left.length; row++) {
            int device = operations.device(row);
            if (left[row] == TurnRules.OUT) {
                known[device]++;
                longestNs[device] = Math.max(longestNs[device], lastsNs(row));
            } else if (left[row] != TurnRules.IN) {
                open[device]++;
            }
        }
        int[] narrowed = left.clone();
        for (int row = 0; row < left.length; row++) {
            int device = operations.device(row);
            boolean isKnown = known[device] >= LEAST_KNOWN * open[device];
            if (Integer.bitCount(left[row]) > 1 && isKnown && lastsNs(row) > FAR * longestNs[device]) {
                narrowed[row] = TurnRules.IN;
            }
        }
        return narrowed;
    }

    private long lastsNs(int row) {
        return operations.endNs(row) - operations.startNs(row);
    }
}
