package io.github.bubbletrace.pipeline.clock;

import io.github.bubbletrace.trace.FileClock;

/**
 * What the clock of one file shows when that of another shows something, by the transfers between them: both kernels of a
 * pair end together.
 *
 * @param forth from the first file's time to the other's
 * @param errorNs how far off that may be: what its transfers scatter
 * @param mostNs how far apart the two clocks are at most
 */
record ClockDifference(FileClock forth, long errorNs, long mostNs) {

    /** The difference by all transfers between two files. */
    static ClockDifference between(TransferEnds one, TransferEnds other, RoughDifference rough) {
        ClockTrack track = ClockTrack.of(one, other, rough);
        FileClock forth = track.clock();
        long first = Math.abs(forth.shiftAt(one.endNs(0)));
        long last = Math.abs(forth.shiftAt(one.endNs(one.size() - 1)));
        return new ClockDifference(forth, track.errorNs(), Math.max(first, last));
    }

    /** Takes the transfers between two files away from both. */
    void takeAway(TransferEnds[] ends, int one, int other) {
        TransferEnds a = ends[one];
        TransferEnds b = ends[other];
        boolean[] takenA = new boolean[a.size()];
        boolean[] takenB = new boolean[b.size()];
        for (int i = 0; i < takenA.length; i++) {
            long expected = forth.at(a.endNs(i));
            for (int j = b.firstFrom(expected - RoughDifference.NEAR_NS);
                    j < takenB.length && !takenA[i] && b.endNs(j) - expected <= RoughDifference.NEAR_NS;
                    j++) {
                if (!takenB[j] && a.mayMeet(i, b, j)) {
                    takenA[i] = true;
                    takenB[j] = true;
                }
            }
        }
        ends[one] = a.without(takenA);
        ends[other] = b.without(takenB);
    }
}
