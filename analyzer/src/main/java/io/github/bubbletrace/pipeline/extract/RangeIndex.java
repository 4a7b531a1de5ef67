package io.github.bubbletrace.pipeline.extract;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Finds the innermost range that contains a time, asked in any order: time is cut where ranges begin and end, and each
 * piece knows its range. Fast where a time lies in the same piece as the one before it.
 */
final class RangeIndex {

    private final long[] fromNs;
    private final int[] row;

    /** The piece asked for last; before the first question none. */
    private long lastFromNs = Long.MAX_VALUE;

    private long lastToNs;
    private int lastRow = -1;

    private RangeIndex(long[] fromNs, int[] row) {
        this.fromNs = fromNs;
        this.row = row;
    }

    /** Ranges by ascending start, and what to answer for each. */
    static RangeIndex of(long[] startNs, long[] endNs, int[] rows) {
        long[] cuts = LongStream.concat(
                        Arrays.stream(startNs), Arrays.stream(endNs).map(end -> end + 1))
                .sorted()
                .distinct()
                .toArray();
        RangeSweep sweep = new RangeSweep(startNs, endNs);
        int[] row = new int[cuts.length];
        for (int i = 0; i < cuts.length; i++) {
            int found = sweep.at(cuts[i]);
            row[i] = found < 0 ? -1 : rows[found];
        }
        return new RangeIndex(cuts, row);
    }

    /** Another index of the same ranges, for another thread. */
    RangeIndex copy() {
        return new RangeIndex(fromNs, row);
    }

    /** The row of the latest-started range that contains {@code timeNs}, both ends included, or -1. */
    int at(long timeNs) {
        if (timeNs < lastFromNs || timeNs >= lastToNs) {
            search(timeNs);
        }
        return lastRow;
    }

    private void search(long timeNs) {
        int found = Arrays.binarySearch(fromNs, timeNs);
        int piece = found >= 0 ? found : -found - 2;
        lastFromNs = piece < 0 ? Long.MIN_VALUE : fromNs[piece];
        lastToNs = piece + 1 == fromNs.length ? Long.MAX_VALUE : fromNs[piece + 1];
        lastRow = piece < 0 ? -1 : row[piece];
    }
}
