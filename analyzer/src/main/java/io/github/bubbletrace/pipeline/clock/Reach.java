package io.github.bubbletrace.pipeline.clock;

import java.util.Set;

/**
 * How far apart the clocks of two files may be.
 *
 * @param furthestNs where both say when their sessions started
 * @param unplaced files that do not: their clocks may be any time apart
 */
record Reach(long furthestNs, Set<Integer> unplaced) {

    /** Whether nothing is known of how two files stand to each other. */
    boolean isOpen(int one, int other) {
        return unplaced.contains(one) || unplaced.contains(other);
    }
}
