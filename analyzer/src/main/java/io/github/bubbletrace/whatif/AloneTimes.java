package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.trace.Groups;
import io.github.bubbletrace.trace.Median;
import java.util.stream.IntStream;

/** How long each work on each chunk of the model usually takes where nothing runs beside it, in nanoseconds. Immutable. */
final class AloneTimes {

    private final Step step;
    private final int chunks;
    private final double[] usual;

    AloneTimes(Step step, int chunks) {
        this.step = step;
        this.chunks = chunks;
        usual = new double[Work.values().length * chunks];
        int[] alone = IntStream.range(0, step.graph().blocks())
                .filter(block -> step.graph().endTask(block) - step.graph().firstTask(block) == 1)
                .map(step.graph()::firstTask)
                .toArray();
        Groups kinds = Groups.of(alone.length, i -> key(alone[i]));
        for (int kind = 0; kind < kinds.size(); kind++) {
            usual[key(alone[kinds.first(kind)])] = Median.ofSorted(kinds.sorted(kind, i -> step.ownNs(alone[i])));
        }
    }

    /** The usual time of {@code work} on {@code chunk}; 0 where it never runs alone. */
    double usualNs(Work work, int chunk) {
        double own = usual(work, chunk);
        if (own > 0) {
            return own;
        }
        return switch (work) {
            case BACKWARD -> usual(Work.INPUT, chunk) + usual(Work.WEIGHT, chunk);
            case INPUT, WEIGHT -> usual(Work.BACKWARD, chunk) / 2;
            case RECOMPUTE, FORWARD -> usual(Work.FORWARD, chunk);
            case DRAFT -> 0;
        };
    }

    /** What {@code task} counts beside others: its usual time alone, or its own where that is unknown. */
    double weight(int task) {
        double known = usualNs(Work.of(step, task), step.action(task).chunk() % chunks);
        return known > 0 ? known : step.ownNs(task);
    }

    private double usual(Work work, int chunk) {
        return usual[work.ordinal() * chunks + chunk];
    }

    private int key(int task) {
        return Work.of(step, task).ordinal() * chunks + step.action(task).chunk() % chunks;
    }
}
