package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.replay.Sweep;

/** A step whose tasks are given other durations again and again. For one thread. */
final class SplitStep {

    private final Step step;
    private final int[] places;
    private final Sweep sweep;
    private final long[] durationsNs;
    private final long[] lagsNs;
    private final long[] delaysNs;

    /** @param places of every task the place of its ratio */
    SplitStep(Step step, int[] places) {
        this.step = step;
        this.places = places.clone();
        sweep = new Sweep(step.graph());
        durationsNs = new long[places.length];
        lagsNs = step.lagsNs();
        delaysNs = step.delaysNs();
    }

    int iteration() {
        return step.iteration();
    }

    int tasks() {
        return places.length;
    }

    /** How long the step takes with every task's duration times the ratio of its place, in nanoseconds. */
    long lengthNs(double[] ratios) {
        for (int task = 0; task < durationsNs.length; task++) {
            durationsNs[task] = Math.round(step.ownNs(task) * ratios[places[task]]) + step.gapNs(task);
        }
        sweep.play(durationsNs, lagsNs, delaysNs);
        return sweep.lengthNs();
    }
}
