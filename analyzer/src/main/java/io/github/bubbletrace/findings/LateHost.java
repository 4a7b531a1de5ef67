package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.attribution.Change;
import java.util.Map;
import java.util.TreeMap;

/** Does the host launch late, and on which device first of all? */
final class LateHost implements Rule {

    private static final String ID = "late-host";

    @Override
    public Answer examine(Subject subject) {
        double gain = subject.gain(without(-1));
        if (gain < Subject.NOTICEABLE) {
            return Answer.passed(
                    ID, "a prompt host" + subject.inReplica() + " would save " + Subject.percent(Math.max(0, gain)));
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
        int stage = subject.run().placeOf().get(worst);
        String name = subject.run().devices().get(worst).name();
        HostReasons reasons = HostReasons.of(subject);
        Map<String, Object> evidence = new TreeMap<>();
        evidence.putAll(Map.of("stage", stage, "device", name, "gainOfThatDevice", Math.max(0, worstGain)));
        if (!reasons.text().isEmpty()) {
            evidence.put("hostIdleDuring", reasons.text());
        }
        return Answer.found(new Finding(
                ID,
                Subject.severity(gain),
                "late launches and launch gaps" + subject.inReplica() + " cost " + Subject.percent(gain)
                        + " of the step; " + Subject.percent(worstGain) + " go away when only stage " + stage + " ("
                        + name + ") is prompt" + because(reasons),
                subject.gainNs(gain),
                gain,
                evidence,
                reasons.leading().startsWith("GC")
                        ? "give the JVM a larger heap or a collector with shorter pauses, or make less garbage"
                        : "look at that rank's host: data loading, Python between micro-batches, synchronisation, CPU"
                                + " affinity; CUDA graphs remove launch gaps",
                "the host share of idle time falls below 1 % of the window"));
    }

    private static String because(HostReasons reasons) {
        String leading = reasons.leading();
        return leading.isEmpty()
                ? ""
                : "; " + Subject.percent(reasons.share(leading)) + " of the idle time at the host lies in " + leading;
    }

    /** No late start, no late send or receive and no launch gap on one device, or on all (-1). */
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
