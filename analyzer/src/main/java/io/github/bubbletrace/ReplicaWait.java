package io.github.bubbletrace;

import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long data-parallel replicas wait for the slowest one: its window less their own, for each iteration that counts. */
final class ReplicaWait {

    private final Map<Integer, Long> slowestNs = new HashMap<>();

    private ReplicaWait(List<PipelineAnalysis> replicas) {
        for (PipelineAnalysis replica : replicas) {
            for (IterationAnalysis iteration : replica.iterations()) {
                if (!iteration.skipped()) {
                    slowestNs.merge(iteration.index(), iteration.windowNs(), Math::max);
                }
            }
        }
    }

    /** The same replicas with their waits in the totals. */
    static List<PipelineAnalysis> fill(List<PipelineAnalysis> replicas) {
        ReplicaWait wait = new ReplicaWait(replicas);
        return replicas.stream()
                .map(replica -> replica.withTotals(replica.totals().withReplicaWait(wait.ns(replica))))
                .toList();
    }

    private long ns(PipelineAnalysis replica) {
        return replica.iterations().stream()
                .filter(iteration -> !iteration.skipped())
                .mapToLong(iteration -> slowestNs.get(iteration.index()) - iteration.windowNs())
                .sum();
    }
}
