package io.github.bubbletrace;

import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.findings.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long data-parallel replicas wait for the slowest one: its window less their own, for each iteration that counts. */
final class ReplicaWait {

    private final Map<Integer, Long> slowestNs = new HashMap<>();

    private ReplicaWait(List<Findings.Replica> replicas) {
        for (Findings.Replica replica : replicas) {
            for (IterationAnalysis iteration : replica.analysis().iterations()) {
                if (!iteration.skipped()) {
                    slowestNs.merge(iteration.index(), iteration.windowNs(), Math::max);
                }
            }
        }
    }

    /** The same replicas with their waits in the totals. */
    static List<Findings.Replica> fill(List<Findings.Replica> replicas) {
        ReplicaWait wait = new ReplicaWait(replicas);
        return replicas.stream()
                .map(replica ->
                        new Findings.Replica(replica.run(), replica.windows(), wait.withWait(replica.analysis())))
                .toList();
    }

    private PipelineAnalysis withWait(PipelineAnalysis replica) {
        return replica.withTotals(replica.totals().withReplicaWait(ns(replica)));
    }

    private long ns(PipelineAnalysis replica) {
        return replica.iterations().stream()
                .filter(iteration -> !iteration.skipped())
                .mapToLong(iteration -> slowestNs.get(iteration.index()) - iteration.windowNs())
                .sum();
    }
}
