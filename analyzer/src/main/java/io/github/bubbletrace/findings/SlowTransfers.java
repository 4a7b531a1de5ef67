package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import java.util.Map;

/** Do transfers between stages cost time, and on which link first of all? */
final class SlowTransfers implements Rule {

    private static final String ID = "slow-transfers";

    @Override
    public Answer examine(Subject subject) {
        double gain = subject.gain(FreeTransfers.everywhere(subject.run()));
        if (gain < Subject.NOTICEABLE) {
            return Answer.passed(
                    ID,
                    "free transfers between stages" + subject.inReplica() + " would save "
                            + Subject.percent(Math.max(0, gain)));
        }
        WorstLink worst = WorstLink.of(subject.run(), subject.windows());
        int from = worst.from();
        int to = worst.to();
        double ofLink = (double) worst.savedNs() / subject.recordedNs();
        return Answer.found(new Finding(
                ID,
                Subject.severity(gain),
                "transfers between stages" + subject.inReplica() + " cost " + Subject.percent(gain) + " of the step; "
                        + Subject.percent(ofLink) + " go away when only the link between stages " + from + " and " + to
                        + " is free",
                subject.gainNs(gain),
                gain,
                Map.of("from", from, "to", to, "gainOfThatLink", Math.max(0, ofLink)),
                "send earlier or asynchronously (pre-post receives), check the link between stages " + from + " and "
                        + to + " (NVLink, PCIe, network), send smaller activations",
                "the p2p share of idle time falls"));
    }
}
