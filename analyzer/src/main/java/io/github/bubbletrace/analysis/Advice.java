package io.github.bubbletrace.analysis;

/**
 * What to do, after a replay on this trace has shown that it helps.
 *
 * @param change the change that was replayed
 * @param text what to do
 * @param reason why, with this run's numbers
 * @param formula the formula behind it
 * @param cost what it costs
 * @param note what the replay supposes, or the empty text
 * @param stepNs the step with the change, in nanoseconds
 * @param speedUp work per time over the recorded one
 * @param fits whether it fits the memory limit, or null where unknown
 */
public record Advice(
        String change,
        String text,
        String reason,
        String formula,
        String cost,
        String note,
        long stepNs,
        double speedUp,
        Boolean fits) {}
