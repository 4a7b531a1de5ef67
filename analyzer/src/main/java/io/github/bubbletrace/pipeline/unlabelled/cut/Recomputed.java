package io.github.bubbletrace.pipeline.unlabelled.cut;

import java.util.List;

/**
 * Recomputations of forwards that lie before backwards.
 *
 * @param tasks their kernels
 * @param of the backward that each is before
 */
public record Recomputed(Tasks tasks, List<Integer> of) {

    /** None. */
    static final Recomputed NONE = new Recomputed(new Tasks(), List.of());
}
