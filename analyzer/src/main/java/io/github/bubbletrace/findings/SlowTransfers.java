package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.attribution.Change;
import io.github.bubbletrace.pipeline.PipelineRun;
import java.util.Map;

/** Do transfers between stages cost time, and on which link first of all? */
final class SlowTransfers implements Rule {

    private static final String ID = "slow-transfers";

    @Override
    public Answer examine(Subject subject) {
        double gain = subject.gain(without(-1, -1, subject.run()));
        if (gain < Subject.NOTICEABLE) {
            return Answer.passed(
                    ID,
                    "free transfers between stages" + subject.inReplica() + " would save "
                            + Subject.percent(Math.max(0, gain)));
        }
        int places = subject.run().places();
        int from = 0;
        int to = 0;
        double worst = -1;
        for (int a = 0; a < places; a++) {
            for (int b = a + 1; b < places; b = next(a, b, places)) {
                double own = subject.gain(without(a, b, subject.run()));
                if (own > worst) {
                    from = a;
                    to = b;
                    worst = own;
                }
            }
        }
        return Answer.found(new Finding(
                ID,
                Subject.severity(gain),
                "transfers between stages" + subject.inReplica() + " cost " + Subject.percent(gain) + " of the step; "
                        + Subject.percent(worst) + " go away when only the link between stages " + from + " and " + to
                        + " is free",
                subject.gainNs(gain),
                gain,
                Map.of("from", from, "to", to, "gainOfThatLink", Math.max(0, worst)),
                "send earlier or asynchronously (pre-post receives), check the link between stages " + from + " and "
                        + to + " (NVLink, PCIe, network), send smaller activations",
                "the p2p share of idle time falls"));
    }

    /** A pipeline's links join neighbours, and the last place with the first where chunks go round. */
    private static int next(int a, int b, int places) {
        boolean toLast = a == 0 && b == 1 && places > 2;
        return toLast ? places - 1 : places;
    }

    /** Free transfers between two places in both directions, or everywhere (-1). */
    private static Change without(int a, int b, PipelineRun run) {
        return new Change() {
            @Override
            public long transferNs(int sender, int receiver, long trueNs, long lateNs, int late) {
                int from = run.placeOf().get(sender);
                int to = run.placeOf().get(receiver);
                boolean free = a < 0 || (from == a && to == b) || (from == b && to == a);
                return free ? lateNs : trueNs + lateNs;
            }
        };
    }
}
