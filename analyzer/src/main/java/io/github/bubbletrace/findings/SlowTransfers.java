package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.attribution.Change;
import io.github.bubbletrace.pipeline.PipelineRun;
import java.util.List;
import java.util.Map;

/** Do transfers between stages cost time, and on which link first of all? */
final class SlowTransfers implements Rule {

    @Override
    public List<Finding> examine(Subject subject) {
        double gain = subject.gain(without(-1, -1, subject.run()));
        if (gain < 0.001) {
            return List.of();
        }
        int places = subject.run().places();
        int worst = 0;
        double worstGain = -1;
        for (int link = 0; link < places * places; link++) {
            int a = link / places;
            int b = link % places;
            double own = a < b ? subject.gain(without(a, b, subject.run())) : -1;
            if (own > worstGain) {
                worst = link;
                worstGain = own;
            }
        }
        int from = worst / places;
        int to = worst % places;
        return List.of(new Finding(
                "slow-transfers",
                Subject.severity(gain),
                "transfers between stages" + subject.inReplica() + " cost " + Subject.percent(gain) + " of the step; "
                        + Subject.percent(worstGain) + " go away when only the link between stages " + from + " and "
                        + to + " is free",
                subject.gainNs(gain),
                gain,
                Map.of("from", from, "to", to, "gainOfThatLink", Math.max(0, worstGain)),
                "send earlier or asynchronously (pre-post receives), check the link between stages " + from + " and "
                        + to + " (NVLink, PCIe, network), send smaller activations",
                "the p2p share of idle time falls"));
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
