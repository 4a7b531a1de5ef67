package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.function.IntPredicate;

/** Operations by their ends, in groups that end within some time of each other. Immutable. */
public final class EndGroups {

    private final int[] rows;
    private final int[] first;

    /**
     * Groups the rows that pass {@code wanted}.
     *
     * @param apartNs how long after the one before it in its group an operation ends at most
     */
    public EndGroups(Operations operations, IntPredicate wanted, long apartNs) {
        IntColumn chosen = new IntColumn();
        for (int row = 0; row < operations.size(); row++) {
            if (wanted.test(row)) {
                chosen.add(row);
            }
        }
        long[] ends = new long[chosen.size()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = operations.endNs(chosen.get(i));
        }
        rows = new int[ends.length];
        IntColumn firsts = new IntColumn();
        int[] order = RadixOrder.of(ends);
        for (int i = 0; i < order.length; i++) {
            rows[i] = chosen.get(order[i]);
            if (i == 0 || ends[order[i]] - ends[order[i - 1]] > apartNs) {
                firsts.add(i);
            }
        }
        firsts.add(rows.length);
        first = firsts.toArray();
    }

    /** How many groups there are. */
    public int size() {
        return first.length - 1;
    }

    /** Where a group begins; where the one before it ends. */
    public int first(int group) {
        return first[group];
    }

    /** The operation at a place. */
    public int row(int place) {
        return rows[place];
    }
}
