package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.schedule.Phase;
import java.util.List;

/**
 * What one device ran, cut into tasks by its sends: a task ends where its output leaves. Tasks without a send of their own
 * lie before those with one.
 *
 * @param forward tasks of forwards
 * @param backward tasks of backwards
 * @param weight weight gradients that are tasks of their own
 * @param weightOf the backward that each weight gradient is of; empty where the k-th is of the k-th
 * @param recomputed forwards that run once more before their backwards
 * @param unexplained kernels that belong to no task
 * @param isByShare whether tasks that never show apart were cut by the shares that other stages show
 */
public record Cut(
        Tasks forward,
        Tasks backward,
        Tasks weight,
        List<Integer> weightOf,
        Recomputed recomputed,
        int unexplained,
        boolean isByShare) {

    Cut(Tasks forward, Tasks backward, Tasks weight, List<Integer> weightOf, int unexplained, boolean isByShare) {
        this(forward, backward, weight, weightOf, Recomputed.NONE, unexplained, isByShare);
    }

    Cut(Tasks forward, Tasks backward, Tasks weight, int unexplained, boolean isByShare) {
        this(forward, backward, weight, List.of(), unexplained, isByShare);
    }

    /** Its tasks of one phase. */
    public Tasks tasks(Phase phase) {
        return switch (phase) {
            case B -> backward;
            case W -> weight;
            case R -> recomputed.tasks();
            case F, P, D, V, S -> forward;
        };
    }

    /** The same with what {@code joint} was cut into. */
    Cut with(JointTasks joint) {
        return new Cut(
                joint.tasks(Phase.F).orElse(forward),
                joint.tasks(Phase.B).orElse(backward),
                joint.tasks(Phase.W).orElse(weight),
                weightOf,
                recomputed,
                unexplained,
                joint.isByShare());
    }

    /** The same with forwards, or backwards, of which recomputations are parted. */
    Cut with(Tasks newForward, Tasks newBackward, Recomputed newRecomputed) {
        return new Cut(newForward, newBackward, weight, weightOf, newRecomputed, unexplained, isByShare);
    }
}
