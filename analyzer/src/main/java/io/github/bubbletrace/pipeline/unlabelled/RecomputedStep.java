package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.pipeline.unlabelled.cut.Stage;
import io.github.bubbletrace.pipeline.unlabelled.cut.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How sure it is which kernels recompute forwards, or that none do. */
final class RecomputedStep {

    /** A forward of one name alone says little. */
    private static final double BY_ONE_NAME = 0.8;

    /** Backwards that run all that forwards run recompute, or their kernels have the same names. */
    private static final double MAY_HIDE = 0.5;

    private RecomputedStep() {}

    /** The step, where something is recomputed or may be. */
    static Optional<StructureStep> of(Stage[] stages) {
        boolean found = false;
        boolean byOneName = false;
        boolean mayHide = false;
        for (Stage stage : stages) {
            boolean own = !stage.cut().recomputed().of().isEmpty();
            found |= own;
            byOneName |= own && stage.tasks(true).names(stage.work()).size() == 1;
            mayHide |= !own && mayHide(stage);
        }
        if (found) {
            return Optional.of(new StructureStep(
                    "recomputations",
                    byOneName ? BY_ONE_NAME : 1,
                    "backwards begin with their forward's kernels, name by name"));
        }
        return mayHide
                ? Optional.of(new StructureStep(
                        "recomputations",
                        MAY_HIDE,
                        "backwards run all kernels that forwards run: what they may recompute counts as theirs"))
                : Optional.empty();
    }

    private static boolean mayHide(Stage stage) {
        List<int[]> forwards = stage.tasks(true).usualProgrammes(stage.work(), Weights.ALIKE);
        List<int[]> backwards = stage.tasks(false).usualProgrammes(stage.work(), Weights.ALIKE);
        return !forwards.isEmpty()
                && !backwards.isEmpty()
                && backwards.get(0).length > forwards.get(0).length
                && holds(backwards.get(0), forwards.get(0));
    }

    /** Whether one programme runs every kernel that another does as often. */
    private static boolean holds(int[] programme, int[] other) {
        Map<Integer, Integer> left = new HashMap<>();
        Arrays.stream(programme).forEach(name -> left.merge(name, 1, Integer::sum));
        return Arrays.stream(other).allMatch(name -> left.merge(name, -1, Integer::sum) >= 0);
    }
}
