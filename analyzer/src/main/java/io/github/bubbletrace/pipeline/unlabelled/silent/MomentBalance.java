package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.join.EndGroups;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.Arrays;

/**
 * What transfers that end together may be: as many send as receive, and, where receives are posted ahead, none starts after its
 * send.
 */
final class MomentBalance {

    /** A moment with more operations than this tells little, and takes long to look at. */
    private static final int MOST = 256;

    private final Operations operations;
    private final EndGroups moments;
    private final boolean isAhead;
    private final long toleranceNs;

    /** The moment of each row. */
    private final int[] momentOf;

    /**
     * Of all rows of {@code moments}.
     *
     * @param isAhead whether each receive starts before its send
     * @param toleranceNs how much later it may start all the same
     */
    MomentBalance(Operations operations, EndGroups moments, boolean isAhead, long toleranceNs) {
        this.operations = operations;
        this.moments = moments;
        this.isAhead = isAhead;
        this.toleranceNs = toleranceNs;
        momentOf = new int[operations.size()];
        for (int moment = 0; moment < moments.size(); moment++) {
            for (int place = moments.first(moment); place < moments.first(moment + 1); place++) {
                momentOf[moments.row(place)] = moment;
            }
        }
    }

    /** Whether each receive starts before its send. */
    boolean isAhead() {
        return isAhead;
    }

    /** When a row ends. */
    int moment(int row) {
        return momentOf[row];
    }

    /** How many moments there are. */
    int size() {
        return moments.size();
    }

    /** The rows that end at a moment, by their starts. */
    int[] rows(int moment) {
        int first = moments.first(moment);
        long[] starts = new long[moments.first(moment + 1) - first];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = operations.startNs(moments.row(first + i));
        }
        int[] rows = RadixOrder.of(starts);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = moments.row(first + rows[i]);
        }
        return rows;
    }

    /** What each of some rows that end together may be, of what is left for it; all 0 where nothing fits. */
    int[] allowed(int[] rows, int[] left) {
        int[] allowed = new int[rows.length];
        if (rows.length > MOST) {
            for (int i = 0; i < rows.length; i++) {
                allowed[i] = left[rows[i]];
            }
            return allowed;
        }
        Counts[] before = new Counts[rows.length + 1];
        before[0] = new Counts(rows.length).withNone();
        for (int i = 0; i < rows.length; i++) {
            before[i + 1] = new Counts(rows.length);
            for (int kind = TurnRules.OUT; kind <= TurnRules.IN; kind <<= 1) {
                if ((left[rows[i]] & kind) != 0) {
                    before[i + 1].addAfter(before[i], kind);
                }
            }
            if (!mayLack(rows, i + 1)) {
                before[i + 1].dropLacking();
            }
        }
        Counts good = new Counts(rows.length).withNone();
        for (int i = rows.length - 1; i >= 0; i--) {
            Counts leading = new Counts(rows.length);
            for (int kind = TurnRules.OUT; kind <= TurnRules.IN; kind <<= 1) {
                if ((left[rows[i]] & kind) != 0 && leading.addBefore(good, kind, before[i])) {
                    allowed[i] |= kind;
                }
            }
            good = leading;
        }
        return allowed;
    }

    /** Whether more may have been sent than received before the {@code i}-th row. */
    private boolean mayLack(int[] rows, int i) {
        return !isAhead
                || (i < rows.length && operations.startNs(rows[i]) - operations.startNs(rows[i - 1]) <= toleranceNs);
    }

    /** By how much receives may outnumber sends. */
    private static final class Counts {

        private final boolean[] may;

        Counts(int most) {
            may = new boolean[2 * most + 1];
        }

        Counts withNone() {
            may[may.length / 2] = true;
            return this;
        }

        void addAfter(Counts before, int kind) {
            for (int count = 0; count < may.length; count++) {
                int after = count + step(kind);
                if (before.may[count] && after >= 0 && after < may.length) {
                    may[after] = true;
                }
            }
        }

        void dropLacking() {
            Arrays.fill(may, 0, may.length / 2, false);
        }

        /** Adds the counts of {@code able} that a kind leads from to a good one, and says whether there are any. */
        boolean addBefore(Counts good, int kind, Counts able) {
            boolean any = false;
            for (int count = 0; count < may.length; count++) {
                int after = count + step(kind);
                boolean leads = able.may[count] && after >= 0 && after < may.length && good.may[after];
                may[count] |= leads;
                any |= leads;
            }
            return any;
        }

        private static int step(int kind) {
            return kind == TurnRules.IN ? 1 : -1;
        }
    }
}
