package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;

/** The tasks of one stage, or of all, take their phase's mean over all chunks; launch gaps stay. */
final class StageAtMean implements JobChange {

    private static final int ALL = -1;

    private final int stage;

    private StageAtMean(int stage) {
        this.stage = stage;
    }

    static JobChange of(int stage) {
        return new StageAtMean(stage);
    }

    /** Perfectly balanced stages. */
    static JobChange all() {
        return new StageAtMean(ALL);
    }

    @Override
    public String job() {
        return stage == ALL
                ? "move layers until all stages take the same time"
                : "move layers away from stage " + stage + ", or bring its device up to the others";
    }

    @Override
    public StepChange costs(Job job) {
        if (stage != ALL) {
            job.requireStage(stage);
        }
        return (replica, step) -> step.withOwn(task -> {
            boolean changed = stage == ALL || replica.stageOf(step.device(task)) == stage;
            return changed ? atMean(step, task) : step.ownNs(task);
        });
    }

    /** The duration of a task on a chunk with its phase's mean factor. */
    static long atMean(Step step, int task) {
        return step.factor(task) > 0
                ? Math.round(step.ownNs(task) * step.meanFactor(task) / step.factor(task))
                : step.ownNs(task);
    }
}
