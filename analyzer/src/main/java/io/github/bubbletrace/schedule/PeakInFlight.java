package io.github.bubbletrace.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many chunk activations a device holds at once. A forward holds its activation until its backward ends, with a
 * separate weight gradient until that ends; without either, only while it runs.
 */
public final class PeakInFlight {

    private PeakInFlight() {}

    /** The most activations that a device holds which runs {@code order}; divide by its chunks to compare devices. */
    public static int of(List<Action> order) {
        Set<Action> present = new HashSet<>(order);
        int held = 0;
        int peak = 0;
        for (Action action : order) {
            if (action.phase().isForward()) {
                peak = Math.max(peak, held + 1);
                held += isReleasedLater(action, present) ? 1 : 0;
            } else if (releases(action, present)) {
                held--;
            }
        }
        return peak;
    }

    private static boolean isReleasedLater(Action forward, Set<Action> present) {
        return present.contains(new Action(Phase.B, forward.chunk(), forward.microBatch()))
                || present.contains(new Action(Phase.W, forward.chunk(), forward.microBatch()));
    }

    private static boolean releases(Action action, Set<Action> present) {
        if (!present.contains(new Action(Phase.F, action.chunk(), action.microBatch()))) {
            return false;
        }
        return action.phase() == Phase.W
                || (action.phase() == Phase.B
                        && !present.contains(new Action(Phase.W, action.chunk(), action.microBatch())));
    }
}
