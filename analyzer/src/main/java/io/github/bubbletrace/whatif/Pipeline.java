package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import java.util.List;

/**
 * One replica as it ran or as it would run.
 *
 * @param devices how many devices it has
 * @param steps of every iteration its steps: one, or one for each tensor-parallel lane
 * @param peakInFlight chunk activations that each stage holds at most
 */
record Pipeline(int devices, List<List<Step>> steps, List<Integer> peakInFlight) {}
