package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Do the other replicas wait for this one? Its gain is that of a step which ends with the slowest of the others. */
final class ReplicaWait implements Rule {

    private static final String ID = "replica-wait";

    @Override
    public Answer examine(Subject subject) {
        if (subject.replicas().size() < 2) {
            return Answer.notApplicable(ID, "one replica: give the traces of several to see which waits for which");
        }
        Map<Integer, Long> own = slowestNs(List.of(subject.analysis()));
        Map<Integer, Long> others = slowestNs(subject.replicas().stream()
                .filter(replica -> replica.replica() != subject.analysis().replica())
                .toList());
        others.keySet().retainAll(own.keySet());
        long stepNs = 0;
        long withoutNs = 0;
        for (Map.Entry<Integer, Long> iteration : others.entrySet()) {
            stepNs += Math.max(iteration.getValue(), own.get(iteration.getKey()));
            withoutNs += iteration.getValue();
        }
        double gain = stepNs == 0 ? 0 : 1 - (double) withoutNs / stepNs;
        if (gain < Subject.NOTICEABLE) {
            return Answer.passed(
                    ID, "no replica waits for replica " + subject.analysis().replica());
        }
        return Answer.found(finding(subject.analysis().replica(), gain, (stepNs - withoutNs) / others.size()));
    }

    private static Finding finding(int replica, double gain, long gainNs) {
        return new Finding(
                ID,
                Subject.severity(gain),
                String.format(
                        Locale.ROOT,
                        "the other replicas wait for replica %d: %s of the step",
                        replica,
                        Subject.percent(gain)),
                gainNs,
                gain,
                Map.of("slowestReplica", replica),
                "see what the other findings say of this replica; where there is none, give it no larger micro-batches than"
                        + " the others",
                "the windows of all replicas are of one length");
    }

    /** The longest window of each iteration that counts. */
    private static Map<Integer, Long> slowestNs(List<PipelineAnalysis> replicas) {
        Map<Integer, Long> slowest = new TreeMap<>();
        for (PipelineAnalysis replica : replicas) {
            for (IterationAnalysis iteration : replica.iterations()) {
                if (!iteration.skipped()) {
                    slowest.merge(iteration.index(), iteration.windowNs(), Math::max);
                }
            }
        }
        return slowest;
    }
}
