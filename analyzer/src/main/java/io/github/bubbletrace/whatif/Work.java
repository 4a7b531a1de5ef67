package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.schedule.Phase;

/** What a task does, so that a schedule which splits backwards and one which does not can be told from each other. */
enum Work {
    /** A forward of any phase. */
    FORWARD,
    /** Input and weight gradient at once. */
    BACKWARD,
    /** The input gradient alone. */
    INPUT,
    /** The weight gradient alone. */
    WEIGHT,
    /** A recomputation. */
    RECOMPUTE,
    /** A draft of the tokens that the next pass verifies. */
    DRAFT;

    /** What a recorded task does. */
    static Work of(Step step, int task) {
        return of(step.action(task).phase(), step.isSplit(task));
    }

    static Work of(Phase phase, boolean split) {
        return switch (phase) {
            case F, P, D, V -> FORWARD;
            case S -> DRAFT;
            case B -> split ? INPUT : BACKWARD;
            case W -> WEIGHT;
            case R -> RECOMPUTE;
        };
    }
}
