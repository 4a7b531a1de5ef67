package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Boundary;
import io.github.bubbletrace.analysis.Finding;
import java.util.Map;

/** Does the time between two windows stand idle? */
final class StepBoundary implements Rule {

    private static final String ID = "step-boundary";

    @Override
    public Answer examine(Subject subject) {
        Boundary boundary = subject.analysis().totals().boundary();
        if (boundary.totalNs() == 0) {
            return Answer.notApplicable(ID, "one iteration: record several to see what lies between them");
        }
        double idle = subject.analysis().totals().boundaryIdle();
        if (idle < 0.01) {
            return Answer.passed(
                    ID, Subject.percent(idle) + " of the run" + subject.inReplica() + " is idle between steps");
        }
        double all = boundary.totalNs();
        return Answer.found(new Finding(
                ID,
                Subject.severity(idle, 0.05, 0.10, 0.20),
                Subject.percent(idle) + " of the run" + subject.inReplica()
                        + " is idle between steps; the boundary is " + Subject.percent(boundary.collectiveNs() / all)
                        + " gradient synchronisation, " + Subject.percent(boundary.optimizerNs() / all)
                        + " optimizer, " + Subject.percent(boundary.idleNs() / all) + " idle",
                0,
                0,
                Map.of(
                        "idleNs", boundary.idleNs(),
                        "collectiveNs", boundary.collectiveNs(),
                        "optimizerNs", boundary.optimizerNs(),
                        "computeNs", boundary.computeNs()),
                "overlap gradient synchronisation with the backward, load data ahead, avoid synchronisation and"
                        + " logging between steps",
                "the idle share of the boundary falls"));
    }
}
