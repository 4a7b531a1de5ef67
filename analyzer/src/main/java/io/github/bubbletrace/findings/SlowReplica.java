package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.Comparator;
import java.util.Map;

/** Do data-parallel replicas wait for the slowest one? */
final class SlowReplica implements Rule {

    private static final String ID = "replica-wait";

    @Override
    public Answer examine(Subject subject) {
        if (subject.replicas().size() < 2) {
            return Answer.notApplicable(ID, "one replica: nothing waits for another");
        }
        PipelineAnalysis slowest = subject.replicas().stream()
                .max(Comparator.comparingLong(r -> r.totals().windowNs()))
                .orElseThrow();
        double own = subject.analysis().totals().windowNs();
        double share = own == 0 ? 0 : subject.analysis().totals().replicaWaitNs() / own;
        String text = "replica " + subject.analysis().replica() + " is " + Subject.percent(share)
                + " of its step ahead of the slowest replica";
        if (share < 0.01 || slowest.replica() == subject.analysis().replica()) {
            return Answer.passed(ID, text);
        }
        return Answer.found(new Finding(
                ID,
                Subject.severity(share, 0.02, 0.05, 0.10),
                text + " and waits for it; the slowest over all is replica " + slowest.replica(),
                0,
                0,
                Map.of(
                        "waitingReplica",
                        subject.analysis().replica(),
                        "slowestReplica",
                        slowest.replica(),
                        "share",
                        share),
                "look at the findings of replica " + slowest.replica() + ": its devices, its data, its hosts",
                "the replicas' windows are of equal length"));
    }
}
