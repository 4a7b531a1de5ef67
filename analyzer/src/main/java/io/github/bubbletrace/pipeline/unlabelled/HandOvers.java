package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.HashMap;
import java.util.Map;

/** Whether two readings with the same tasks hand over in the same transfers, which say who waits for whom. */
final class HandOvers {

    /** Transfers that start and end no further apart than this come to the same. */
    private static final long ALIKE_NS = 50_000;

    private HandOvers() {}

    /**
     * Whether all tasks send and receive at the same moments, whichever kernels of a moment do.
     *
     * @param other has the same tasks
     * @param operations whose rows the tasks of both send and receive
     * @param errorNs how far apart two moments of different clocks may be that are one
     */
    static boolean areAlike(Reconstruction one, Reconstruction other, Operations operations, long errorNs) {
        Map<FoundTask, FoundTask> others = new HashMap<>();
        other.pipelines().forEach(pipeline -> pipeline.tasks().forEach(task -> others.put(task.alone(), task)));
        return one.pipelines().stream()
                .flatMap(pipeline -> pipeline.tasks().stream())
                .allMatch(task -> areAlike(task, others.get(task.alone()), operations, errorNs));
    }

    private static boolean areAlike(FoundTask one, FoundTask other, Operations operations, long errorNs) {
        return areAtOnce(one.send(), other.send(), operations, errorNs)
                && areAtOnce(one.receive(), other.receive(), operations, errorNs);
    }

    private static boolean areAtOnce(int row, int other, Operations operations, long errorNs) {
        if (row == Operations.NONE || other == Operations.NONE) {
            return row == other;
        }
        long apartNs = Math.abs(operations.startNs(row) - operations.startNs(other))
                + Math.abs(operations.endNs(row) - operations.endNs(other));
        return apartNs <= ALIKE_NS + errorNs;
    }
}
