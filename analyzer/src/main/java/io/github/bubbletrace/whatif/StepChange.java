package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;

/** Other costs for a recorded step. */
@FunctionalInterface
interface StepChange {

    /** {@code step}, which is one of {@code replica}, with other costs. */
    Step apply(Replica replica, Step step);
}
