package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.replay.Sweep;

/**
 * Two versions of what a step costs, of which parts can be exchanged: so many parts are tried, each in both directions,
 * without anything being copied. For one thread. Times in nanoseconds.
 */
final class CostPair {

    private final Sweep sweep;
    private final long[][] one;
    private final long[][] other;

    /** Both must have the same graph. */
    CostPair(Step one, Step other) {
        sweep = new Sweep(one.graph());
        this.one = columns(one);
        this.other = columns(other);
    }

    private static long[][] columns(Step step) {
        return new long[][] {step.durationsNs(), step.lagsNs(), step.delaysNs()};
    }

    void exchangeTask(int task) {
        exchange(0, task);
    }

    void exchangeEdge(int edge) {
        exchange(1, edge);
    }

    void exchangeBlock(int block) {
        exchange(2, block);
    }

    /** How long the first version takes as it is now. */
    long lengthOfOneNs() {
        return played(one).lengthNs();
    }

    /** How long the second version takes as it is now. */
    long lengthOfOtherNs() {
        return played(other).lengthNs();
    }

    /** The first version as it is now, played: until the next call. */
    Sweep playedOne() {
        return played(one);
    }

    private Sweep played(long[][] columns) {
        sweep.play(columns[0], columns[1], columns[2]);
        return sweep;
    }

    private void exchange(int column, int index) {
        long first = one[column][index];
        one[column][index] = other[column][index];
        other[column][index] = first;
    }
}
