package io.github.bubbletrace.schedule;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Tells whether a pipeline runs in both directions, as DualPipe does: then no micro-batch passes both halves of the chunks. */
public final class Directions {

    private Directions() {}

    /**
     * How many chunks a micro-batch passes.
     *
     * @param chunks how many chunks there are
     * @param devices how many devices hold them
     * @param actions everything that was run
     */
    public static int chain(int chunks, int devices, Collection<Action> actions) {
        if (chunks != 2 * devices || devices < 2) {
            return chunks;
        }
        Set<Integer> lower = new HashSet<>();
        Set<Integer> upper = new HashSet<>();
        for (Action action : actions) {
            (action.chunk() < devices ? lower : upper).add(action.microBatch());
        }
        lower.retainAll(upper);
        return lower.isEmpty() && !upper.isEmpty() ? devices : chunks;
    }
}
