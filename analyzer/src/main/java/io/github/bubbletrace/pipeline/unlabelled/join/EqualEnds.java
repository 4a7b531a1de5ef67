package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Joins sends and receives of neighbours by their ends: both kernels of a pair end together. Where several pairs end at
 * once, an operation that only one other can belong to is joined to it first, and so on; what is left is joined at the least
 * misfit, as much of it as can be.
 */
final class EqualEnds {

    /** The closest ends are joined before others are looked at, but for none closer than those of one exchange are. */
    private static final long[] STEPS_NS = {1_000, 5_000, 20_000, 100_000};

    /** Ends further apart than these are not known to be those of one exchange. */
    private static final long MOST_SPREAD_NS = 5_000;

    /** More sends than these at one moment are joined one by one, the clearest first. */
    private static final int MOST_AT_ONCE = 64;

    private final Operations operations;
    private final boolean[][] neighbours;
    private final Misfit misfit;

    private EqualEnds(Operations operations, boolean[][] neighbours, ComputedBefore computed) {
        this.operations = operations;
        this.neighbours = neighbours;
        misfit = new Misfit(operations, computed, neighbours.length);
    }

    /**
     * Joins the rows of {@code operations} that have no peer yet.
     *
     * @param neighbours whether each device, the first index, sends to each other one
     * @param computed what each row's device computed before it
     * @param errorNs how much further apart than on one clock two sides may end
     */
    static void join(Operations operations, boolean[][] neighbours, ComputedBefore computed, long errorNs) {
        EqualEnds ends = new EqualEnds(operations, neighbours, computed);
        long leastNs = EndSpread.of(operations, MOST_SPREAD_NS + errorNs);
        for (long stepNs : STEPS_NS) {
            long apartNs = Math.max(leastNs, stepNs + errorNs);
            EndGroups groups = new EndGroups(operations, row -> operations.peer(row) == Operations.NONE, apartNs);
            for (int g = 0; g < groups.size(); g++) {
                ends.join(groups, groups.first(g), groups.first(g + 1), apartNs, false);
            }
            for (int g = 0; g < groups.size(); g++) {
                ends.join(groups, groups.first(g), groups.first(g + 1), apartNs, true);
            }
        }
    }

    private void join(EndGroups groups, int from, int to, long apartNs, boolean guess) {
        IntColumn[] choices = new IntColumn[to - from];
        ArrayDeque<Integer> single = new ArrayDeque<>();
        for (int i = from; i < to; i++) {
            choices[i - from] = isOpen(groups.row(i)) ? choices(groups, i, from, to, apartNs) : new IntColumn(1);
        }
        for (int i = 0; i < choices.length; i++) {
            if (open(groups, from, choices[i]) == 1) {
                single.add(i);
            }
        }
        joinSingle(groups, from, choices, single);
        if (!guess || joinAll(groups, from, choices)) {
            return;
        }
        for (int next = clearest(groups, from, choices); next >= 0; next = clearest(groups, from, choices)) {
            join(groups, from, choices, next, false, single);
            joinSingle(groups, from, choices, single);
        }
    }

    /** Joins operations that only one other can belong to, and those that are left with one by that. */
    private void joinSingle(EndGroups groups, int from, IntColumn[] choices, ArrayDeque<Integer> single) {
        while (!single.isEmpty()) {
            join(groups, from, choices, single.remove(), true, single);
        }
    }

    private void join(
            EndGroups groups, int from, IntColumn[] choices, int i, boolean isCertain, ArrayDeque<Integer> single) {
        int row = groups.row(from + i);
        int other = isOpen(row) ? likeliest(groups, from, row, choices[i]) : -1;
        if (other >= 0) {
            join(row, groups.row(from + other), isCertain);
            addSingle(groups, from, choices, choices[i], single);
            addSingle(groups, from, choices, choices[other], single);
        }
    }

    /** Joins all that are open at once where they are few and all say whether they send; false where not. */
    private boolean joinAll(EndGroups groups, int from, IntColumn[] choices) {
        IntColumn sends = new IntColumn();
        IntColumn receives = new IntColumn();
        int[] place = new int[choices.length];
        for (int i = 0; i < choices.length; i++) {
            int row = groups.row(from + i);
            if (isOpen(row) && choices[i].size() > 0) {
                if (operations.role(row) == Operations.Role.UNKNOWN) {
                    return false;
                }
                IntColumn side = operations.role(row) == Operations.Role.SEND ? sends : receives;
                place[i] = side.size();
                side.add(i);
            }
        }
        if (Math.max(sends.size(), receives.size()) > MOST_AT_ONCE) {
            return false;
        }
        double[][] cost = new double[sends.size()][receives.size()];
        for (int s = 0; s < cost.length; s++) {
            int send = groups.row(from + sends.get(s));
            Arrays.fill(cost[s], Double.POSITIVE_INFINITY);
            IntColumn own = choices[sends.get(s)];
            for (int c = 0; c < own.size(); c++) {
                int other = groups.row(from + own.get(c));
                if (isOpen(other)) {
                    cost[s][place[own.get(c)]] = misfit.of(send, other);
                }
            }
        }
        int[] receiveOf = LeastCost.of(cost);
        for (int s = 0; s < receiveOf.length; s++) {
            if (receiveOf[s] >= 0) {
                join(groups.row(from + sends.get(s)), groups.row(from + receives.get(receiveOf[s])), false);
            }
        }
        return true;
    }

    /** The open operation whose best choice is the most ahead of its second, or -1 where none has a choice. */
    private int clearest(EndGroups groups, int from, IntColumn[] choices) {
        int clearest = -1;
        double most = -1;
        for (int i = 0; i < choices.length; i++) {
            int row = groups.row(from + i);
            double best = Double.MAX_VALUE;
            double second = Double.MAX_VALUE;
            for (int c = 0; isOpen(row) && c < choices[i].size(); c++) {
                int other = groups.row(from + choices[i].get(c));
                double own = isOpen(other) ? misfit.of(row, other) : Double.MAX_VALUE;
                second = Math.min(second, Math.max(best, own));
                best = Math.min(best, own);
            }
            if (best < Double.MAX_VALUE && second - best > most) {
                most = second - best;
                clearest = i;
            }
        }
        return clearest;
    }

    private boolean isOpen(int row) {
        return operations.peer(row) == Operations.NONE;
    }

    private void addSingle(
            EndGroups groups, int from, IntColumn[] choices, IntColumn touched, ArrayDeque<Integer> single) {
        for (int c = 0; c < touched.size(); c++) {
            int other = touched.get(c);
            if (isOpen(groups.row(from + other)) && open(groups, from, choices[other]) == 1) {
                single.add(other);
            }
        }
    }

    private IntColumn choices(EndGroups groups, int i, int from, int to, long apartNs) {
        IntColumn choices = new IntColumn(4);
        for (int j = i - 1; j >= from && apart(groups, i, j) <= apartNs; j--) {
            addChoice(groups, i, j, from, choices);
        }
        for (int j = i + 1; j < to && apart(groups, i, j) <= apartNs; j++) {
            addChoice(groups, i, j, from, choices);
        }
        return choices;
    }

    private long apart(EndGroups groups, int i, int j) {
        return Math.abs(operations.endNs(groups.row(i)) - operations.endNs(groups.row(j)));
    }

    private void addChoice(EndGroups groups, int i, int j, int from, IntColumn choices) {
        int one = groups.row(i);
        int other = groups.row(j);
        if (operations.mayMeet(one, other) && (sends(one, other) || sends(other, one))) {
            choices.add(j - from);
        }
    }

    /** Whether one operation may be what another of a device that it sends to receives. */
    private boolean sends(int one, int other) {
        return operations.maySend(one)
                && operations.mayReceive(other)
                && neighbours[operations.device(one)][operations.device(other)];
    }

    private int open(EndGroups groups, int from, IntColumn choices) {
        int open = 0;
        for (int c = 0; c < choices.size(); c++) {
            open += isOpen(groups.row(from + choices.get(c))) ? 1 : 0;
        }
        return open;
    }

    /** The open choice that fits best. */
    private int likeliest(EndGroups groups, int from, int row, IntColumn choices) {
        int likeliest = -1;
        double least = Double.MAX_VALUE;
        for (int c = 0; c < choices.size(); c++) {
            int other = groups.row(from + choices.get(c));
            double own = isOpen(other) ? misfit.of(row, other) : Double.MAX_VALUE;
            if (own < least) {
                least = own;
                likeliest = choices.get(c);
            }
        }
        return likeliest;
    }

    /** Of two that may both be either the earlier one sends, until more is known. */
    private void join(int one, int other, boolean isCertain) {
        boolean sends = operations.maySend(one) && operations.mayReceive(other);
        int send = sends ? one : other;
        int receive = sends ? other : one;
        operations.join(send, receive);
        if (isCertain) {
            misfit.note(send, receive);
        }
    }
}
