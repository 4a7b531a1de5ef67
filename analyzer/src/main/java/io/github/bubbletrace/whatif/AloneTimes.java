package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Median;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How long each work on each chunk of the model usually takes where nothing runs beside it, in nanoseconds. Immutable. */
final class AloneTimes {

    private final Step step;
    private final int chunks;
    private final Set<Action> weights = new HashSet<>();
    private final double[][] usual = new double[Work.values().length][];

    AloneTimes(Step step, int chunks) {
        this.step = step;
        this.chunks = chunks;
        IntStream.range(0, step.graph().tasks())
                .mapToObj(step::action)
                .filter(action -> action.phase() == Phase.W)
                .forEach(weights::add);
        List<List<Double>> times = new ArrayList<>();
        for (int i = 0; i < Work.values().length * chunks; i++) {
            times.add(new ArrayList<>());
        }
        for (int block = 0; block < step.graph().blocks(); block++) {
            int task = step.graph().firstTask(block);
            if (step.graph().endTask(block) == task + 1) {
                times.get(key(task)).add((double) step.ownNs(task));
            }
        }
        for (Work work : Work.values()) {
            usual[work.ordinal()] = IntStream.range(0, chunks)
                    .mapToDouble(chunk -> median(times.get(work.ordinal() * chunks + chunk)))
                    .toArray();
        }
    }

    /** The usual time of {@code work} on {@code chunk}; 0 where it never runs alone. */
    double usualNs(Work work, int chunk) {
        double own = usual[work.ordinal()][chunk];
        if (own > 0) {
            return own;
        }
        return switch (work) {
            case BACKWARD -> usual[Work.INPUT.ordinal()][chunk] + usual[Work.WEIGHT.ordinal()][chunk];
            case INPUT, WEIGHT -> usual[Work.BACKWARD.ordinal()][chunk] / 2;
            case RECOMPUTE, FORWARD -> usual[Work.FORWARD.ordinal()][chunk];
        };
    }

    /** What {@code task} counts beside others: its usual time alone, or its own where that is unknown. */
    double weight(int task) {
        double known = usualNs(work(task), step.action(task).chunk() % chunks);
        return known > 0 ? known : step.ownNs(task);
    }

    private Work work(int task) {
        Action action = step.action(task);
        return Work.of(action.phase(), weights.contains(new Action(Phase.W, action.chunk(), action.microBatch())));
    }

    private int key(int task) {
        return work(task).ordinal() * chunks + step.action(task).chunk() % chunks;
    }

    private static double median(List<Double> values) {
        return values.isEmpty() ? 0 : Median.of(values.stream().mapToDouble(Double::doubleValue));
    }
}
