package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import java.util.List;

/**
 * One replica as it ran or as it would run.
 *
 * @param devices how many devices it has
 * @param steps of every iteration its steps: one, or one for each tensor-parallel lane
 * @param before of every iteration what it goes on from, as many lanes: its time and work are not the step's; none where a
 *     step begins by itself
 * @param peakInFlight chunk activations that each stage holds at most
 */
record Pipeline(int devices, List<List<Step>> steps, List<List<Step>> before, List<Integer> peakInFlight) {

    /** Steps that begin by themselves. */
    Pipeline(int devices, List<List<Step>> steps, List<Integer> peakInFlight) {
        this(devices, steps, List.of(), peakInFlight);
    }

    /** The same steps as what they add to {@code begun}, which is the first part of each. */
    Pipeline after(Pipeline begun) {
        return new Pipeline(devices, steps, begun.steps, peakInFlight);
    }
}
