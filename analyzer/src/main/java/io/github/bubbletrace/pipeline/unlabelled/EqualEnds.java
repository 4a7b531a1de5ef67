package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.trace.IntColumn;
import java.util.ArrayDeque;

/**
 * Joins sends and receives of neighbours by their ends: both kernels of a pair end together. Where several pairs end at
 * once, an operation that only one other can belong to is joined to it first, and so on: on a chain that leaves no choice.
 */
final class EqualEnds {

    /** The closest ends are joined before others are looked at. */
    private static final long[] STEPS_NS = {1_000, 5_000, 20_000, 100_000};

    private final Operations operations;
    private final boolean[][] neighbours;

    private EqualEnds(Operations operations, boolean[][] neighbours) {
        this.operations = operations;
        this.neighbours = neighbours;
    }

    /**
     * Joins the rows of {@code operations} that have no peer yet.
     *
     * @param errorNs how much further apart than on one clock two sides may end
     */
    static void join(Operations operations, int devices, long errorNs) {
        EqualEnds ends = new EqualEnds(operations, Neighbours.of(operations, devices, errorNs));
        for (long stepNs : STEPS_NS) {
            EndGroups groups =
                    new EndGroups(operations, row -> operations.peer(row) == Operations.NONE, stepNs + errorNs);
            for (int g = 0; g < groups.size(); g++) {
                ends.join(groups, groups.first(g), groups.first(g + 1), stepNs + errorNs);
            }
        }
    }

    private void join(EndGroups groups, int from, int to, long apartNs) {
        IntColumn[] choices = new IntColumn[to - from];
        for (int i = from; i < to; i++) {
            choices[i - from] = choices(groups, i, from, to, apartNs);
        }
        ArrayDeque<Integer> single = new ArrayDeque<>();
        for (int i = 0; i < choices.length; i++) {
            if (open(groups, from, choices[i]) == 1) {
                single.add(i);
            }
        }
        int next = 0;
        while (!single.isEmpty() || next < choices.length) {
            int i = single.isEmpty() ? next++ : single.remove();
            int row = groups.row(from + i);
            int nearest = operations.peer(row) == Operations.NONE ? nearest(groups, from, row, choices[i]) : -1;
            if (nearest >= 0) {
                join(row, groups.row(from + nearest));
                addSingle(groups, from, choices, choices[i], single);
                addSingle(groups, from, choices, choices[nearest], single);
            }
        }
    }

    private void addSingle(
            EndGroups groups, int from, IntColumn[] choices, IntColumn touched, ArrayDeque<Integer> single) {
        for (int c = 0; c < touched.size(); c++) {
            int other = touched.get(c);
            boolean isOpen = operations.peer(groups.row(from + other)) == Operations.NONE;
            if (isOpen && open(groups, from, choices[other]) == 1) {
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
        if (operations.mayMeet(one, other) && neighbours[operations.device(one)][operations.device(other)]) {
            choices.add(j - from);
        }
    }

    private int open(EndGroups groups, int from, IntColumn choices) {
        int open = 0;
        for (int c = 0; c < choices.size(); c++) {
            open += operations.peer(groups.row(from + choices.get(c))) == Operations.NONE ? 1 : 0;
        }
        return open;
    }

    private int nearest(EndGroups groups, int from, int row, IntColumn choices) {
        int nearest = -1;
        long least = Long.MAX_VALUE;
        for (int c = 0; c < choices.size(); c++) {
            int other = groups.row(from + choices.get(c));
            long apart = Math.abs(operations.endNs(other) - operations.endNs(row));
            if (operations.peer(other) == Operations.NONE && apart < least) {
                least = apart;
                nearest = choices.get(c);
            }
        }
        return nearest;
    }

    /** Of two that may both be either the earlier one sends, until more is known. */
    private void join(int one, int other) {
        boolean sends = operations.maySend(one) && operations.mayReceive(other);
        operations.join(sends ? one : other, sends ? other : one);
    }
}
