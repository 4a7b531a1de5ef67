package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;

/** How far apart both sides of an exchange end in a run, as those show that end with nothing else near. */
public final class EndSpread {

    private EndSpread() {}

    /**
     * The furthest apart that two operations end of which no third one ends near.
     *
     * @param nearNs how near ends are that may be one exchange
     * @return in nanoseconds, at most {@code nearNs}; 0 where no two end alone
     */
    public static long of(Operations operations, long nearNs) {
        EndGroups groups = new EndGroups(operations, row -> true, nearNs);
        long furthestNs = 0;
        for (int group = 0; group < groups.size(); group++) {
            int first = groups.first(group);
            if (groups.first(group + 1) - first == 2) {
                int one = groups.row(first);
                int other = groups.row(first + 1);
                furthestNs = Math.max(furthestNs, operations.endNs(other) - operations.endNs(one));
            }
        }
        return furthestNs;
    }
}
