package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.attribution.Change;
import java.util.List;
import java.util.Map;

/** Does the host launch late, and on which device first of all? */
final class LateHost implements Rule {

    @Override
    public List<Finding> examine(Subject subject) {
        double gain = subject.gain(without(-1));
        if (gain < 0.001) {
            return List.of();
        }
        int worst = 0;
        double worstGain = -1;
        for (int device = 0; device < subject.run().devices().size(); device++) {
            double own = subject.gain(without(device));
            if (own > worstGain) {
                worst = device;
                worstGain = own;
            }
        }
        String name = subject.run().devices().get(worst).name();
        return List.of(new Finding(
                "late-host",
                Subject.severity(gain),
                "late launches and launch gaps" + subject.inReplica() + " cost " + Subject.percent(gain)
                        + " of the step; " + Subject.percent(worstGain) + " go away when only stage "
                        + subject.run().placeOf().get(worst) + " (" + name + ") is prompt",
                subject.gainNs(gain),
                gain,
                Map.of(
                        "stage",
                        subject.run().placeOf().get(worst),
                        "device",
                        name,
                        "gainOfThatDevice",
                        Math.max(0, worstGain)),
                "look at that rank's host: data loading, Python between micro-batches, synchronisation, CPU"
                        + " affinity; CUDA graphs remove launch gaps",
                "the host share of idle time falls below 1 % of the window"));
    }

    /** No late start and no launch gap on one device, or on all (-1). */
    private static Change without(int device) {
        return new Change() {
            @Override
            public long durationNs(TaskView task) {
                return device < 0 || task.device() == device ? task.ownNs() : task.hullNs();
            }

            @Override
            public long transferNs(int sender, int receiver, long trueNs, long lateNs, int late) {
                return device < 0 || late == device ? trueNs + Math.min(0, lateNs) : trueNs + lateNs;
            }

            @Override
            public long delayNs(int ofDevice, long recordedNs) {
                return device < 0 || ofDevice == device ? Math.min(0, recordedNs) : recordedNs;
            }
        };
    }
}
