package io.github.bubbletrace.reports.verdict;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.Units;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long replicas wait for the slowest one, in words. */
public final class ReplicaWaitText {

    private ReplicaWaitText() {}

    /** The mean over the iterations that count: {@code 1.2 ms an iteration}. */
    public static String perIteration(PipelineAnalysis pipeline) {
        return Units.time(meanNs(pipeline)) + " an iteration";
    }

    /** What waiting costs all replicas together, and which waits longest; empty where none waits. */
    static Optional<String> sentence(List<PipelineAnalysis> replicas) {
        long waitNs =
                replicas.stream().mapToLong(r -> r.totals().replicaWaitNs()).sum();
        if (waitNs == 0) {
            return Optional.empty();
        }
        long windowNs = replicas.stream().mapToLong(r -> r.totals().windowNs()).sum();
        PipelineAnalysis longest = replicas.stream()
                .max(Comparator.comparingLong(ReplicaWaitText::meanNs))
                .orElseThrow();
        return Optional.of("Replicas wait for the slowest one of each iteration for "
                + Units.percent((double) waitNs / (windowNs + waitNs)) + " of their time, replica "
                + longest.replica() + " longest (" + perIteration(longest) + ").");
    }

    private static long meanNs(PipelineAnalysis pipeline) {
        int iterations = Windows.counted(pipeline).size();
        return iterations == 0 ? 0 : pipeline.totals().replicaWaitNs() / iterations;
    }
}
