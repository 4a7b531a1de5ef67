package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * What a change would make of the recorded run.
 *
 * @param change the change as the user writes it, as {@code microbatches=32}
 * @param job what has to be done to the job
 * @param stepNs mean window over the iterations, in nanoseconds; null where predictions are withheld
 * @param bubble idle time of all devices over their windows; null where withheld
 * @param gainNs recorded less predicted step; null where withheld
 * @param speedUp work per time over the recorded one: more than 1 is better even where a step holds more work; null where
 *     withheld
 * @param peakInFlight chunk activations that each stage holds at most
 * @param peakBytes memory of the fullest stage, or null where the user did not say what activations take
 * @param fits whether that is within the memory limit, or null where either is unknown
 * @param note what cannot be known from the trace, or why nothing is predicted; may be empty
 */
public record ChangeOutcome(
        String change,
        String job,
        Long stepNs,
        Double bubble,
        Long gainNs,
        Double speedUp,
        List<Integer> peakInFlight,
        Long peakBytes,
        Boolean fits,
        String note) {}
