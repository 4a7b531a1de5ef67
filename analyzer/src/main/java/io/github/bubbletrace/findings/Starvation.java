package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.attribution.Cause;
import java.util.Map;

/** Are too few micro-batches in flight in a forward-only pipeline? */
final class Starvation implements Rule {

    private static final String ID = "starvation";

    @Override
    public Answer examine(Subject subject) {
        if (!subject.run().forwardOnly()) {
            return Answer.notApplicable(ID, "starvation is a matter of forward-only pipelines; this one has backwards");
        }
        double share = subject.share(Cause.STARVATION);
        if (share < Subject.NOTICEABLE) {
            return Answer.passed(ID, "devices starve for " + Subject.percent(share) + " of the window");
        }
        return Answer.found(new Finding(
                ID,
                Subject.severity(share),
                "devices" + subject.inReplica() + " starve for " + Subject.percent(share)
                        + " of the window: too few micro-batches in flight",
                0,
                0,
                Map.of("share", share),
                "keep at least as many micro-batches in flight as there are stages",
                "the starvation share of idle time falls"));
    }
}
