package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.join.EndGroups;
import io.github.bubbletrace.pipeline.unlabelled.join.EndSpread;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;

/**
 * Which transfers end together. Both sides of an exchange do; the closer they end in a run, the more exchanges that follow each
 * other closely are told apart.
 */
final class Moments {

    /** Ends that are closer are one. */
    private static final long LEAST_NS = 10;

    private Moments() {}

    /**
     * The moments of all rows: as narrow as the ends of a run are exact, but for none that leaves a transfer without another
     * side.
     *
     * @param errorNs how far apart two moments of different clocks may be that are one
     */
    static EndGroups of(Operations operations, long errorNs) {
        long mostNs = SilentWays.NEAR_NS + errorNs;
        long apartNs = Math.max(LEAST_NS, EndSpread.of(operations, mostNs));
        EndGroups moments = new EndGroups(operations, row -> true, apartNs);
        while (!isEven(moments) && apartNs < mostNs) {
            apartNs *= 2;
            moments = new EndGroups(operations, row -> true, Math.min(apartNs, mostNs));
        }
        return isEven(moments) ? moments : new EndGroups(operations, row -> true, mostNs);
    }

    /** Whether each transfer may have another side. */
    private static boolean isEven(EndGroups moments) {
        for (int moment = 0; moment < moments.size(); moment++) {
            if ((moments.first(moment + 1) - moments.first(moment)) % 2 != 0) {
                return false;
            }
        }
        return true;
    }
}
