package io.github.bubbletrace.pipeline;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Finds the innermost range that contains a time, asked in any order: time is cut where ranges begin and end, and each
 * piece knows its range. Fast where a time lies in the same piece as the one before it.
 */
final class RangeIndex {

    private final long[] fromNs;
    private final int[] row;
    private int last;

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

    /** The row of the latest-started range that contains {@code timeNs}, both ends included, or -1. */
    int at(long timeNs) {
        if (!isIn(last, timeNs)) {
            last = isIn(last + 1, timeNs) ? last + 1 : search(timeNs);
        }
        return last < 0 ? -1 : row[last];
    }

    /** Piece -1 is all time before the first range. */
    private boolean isIn(int piece, long timeNs) {
        return piece < fromNs.length
                && (piece < 0 || fromNs[piece] <= timeNs)
                && (piece + 1 == fromNs.length || timeNs < fromNs[piece + 1]);
    }

    private int search(long timeNs) {
        int found = Arrays.binarySearch(fromNs, timeNs);
        return found >= 0 ? found : -found - 2;
    }
}
