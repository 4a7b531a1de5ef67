package io.github.bubbletrace.whatif;

import io.github.bubbletrace.schedule.Phase;

/**
 * Activation recomputation: every forward runs once more before its backward, as a whole or in segments; or not any more.
 * Segments change what is held, not how long it takes.
 */
final class Recompute implements JobChange {

    private final int segments;

    private Recompute(int segments) {
        this.segments = segments;
    }

    /** Recomputation in segments; one is full recomputation. */
    static JobChange in(int segments) {
        return new Recompute(segments);
    }

    static JobChange none() {
        return new Recompute(0);
    }

    @Override
    public String job() {
        return switch (segments) {
            case 0 -> "recompute no activations";
            case 1 -> "recompute all activations (--recompute-granularity full)";
            default -> "recompute activations in " + segments + " segments a stage";
        };
    }

    @Override
    public String note() {
        return segments == 0 ? "" : "a recomputation takes as long as its forward";
    }

    @Override
    public Plan plan(Plan plan, Job job) {
        if (job.isForwardOnly()) {
            throw new RefusedChangeException(
                    "without backwards there is nothing to recompute for", "nearest: transfers=0");
        }
        if (segments == 0 && !job.first().runs(Phase.R)) {
            throw new RefusedChangeException(
                    "no task of this run is a recomputation; where backwards hold one, the trace does not show it",
                    "nearest: recompute=full");
        }
        return plan.withRecomputation(segments > 0, segments);
    }
}
