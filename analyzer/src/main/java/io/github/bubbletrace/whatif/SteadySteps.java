package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.LevelShift;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps that a job is predicted from: those from which on it keeps its level. Where the first ones, at most a quarter,
 * are faster or slower than all that follow (clocks, caches and allocators settle), means over both describe neither, and
 * these are left out. Where the level changes later nothing is left out, for nothing says which part is the job.
 */
final class SteadySteps {

    private final Job job;
    private final List<Integer> numbers;
    private final List<Integer> leftOut;
    private final Optional<LevelChange> change;

    private SteadySteps(Job all, Optional<LevelChange> change) {
        this.change = change;
        numbers = List.copyOf(all.stepNs().keySet());
        List<Integer> first = numbers.subList(
                0, change.filter(LevelChange::isEarly).map(LevelChange::at).orElse(0));
        Job rest = all.without(Set.copyOf(first));
        boolean isWhole = rest.replicas().size() == all.replicas().size();
        leftOut = isWhole ? List.copyOf(first) : List.of();
        job = isWhole ? rest : all;
    }

    /** The steady steps of {@code all}; those are all where steps hold different work. */
    static SteadySteps of(Job all) {
        double[] stepNs =
                all.stepNs().values().stream().mapToDouble(Long::doubleValue).toArray();
        return new SteadySteps(all, all.microBatches() == 0 ? Optional.empty() : LevelChange.in(stepNs));
    }

    /** All steps of {@code all}: somebody chose them. */
    static SteadySteps chosen(Job all) {
        return new SteadySteps(all, Optional.empty());
    }

    /** The job with its steady steps alone. */
    Job job() {
        return job;
    }

    /** What was found; null where the steps keep one level. {@code errorOfAll} is the prediction error over all steps. */
    LevelShift shift(Double errorOfAll) {
        return change.map(c -> new LevelShift(numbers.get(c.at()), leftOut, c.difference(), errorOfAll))
                .orElse(null);
    }
}
