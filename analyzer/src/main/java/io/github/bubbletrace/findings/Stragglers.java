package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.attribution.Change;
import io.github.bubbletrace.attribution.WindowRun;
import java.util.LinkedHashMap;
import java.util.Map;

/** Do single tasks take longer than their micro-batch's size and their chunk's factor say, and which most? */
final class Stragglers implements Rule {

    private static final String ID = "stragglers";

    @Override
    public Answer examine(Subject subject) {
        double gain = subject.gain(new WithoutAccidents());
        if (gain < Subject.NOTICEABLE) {
            return Answer.passed(
                    ID,
                    "no straggling tasks" + subject.inReplica() + ": without accidents the step is "
                            + Subject.percent(Math.max(0, gain)) + " shorter");
        }
        Map<String, Object> evidence = new LinkedHashMap<>();
        String where = "";
        WindowRun.Excess worst = WindowRun.worstExcess(subject.windows());
        if (worst.ns() > 0) {
            where = "; the worst is " + worst.action() + " of iteration " + worst.iteration() + " on "
                    + subject.run().devices().get(worst.device()).name();
            evidence.put("iteration", worst.iteration());
            evidence.put("device", subject.run().devices().get(worst.device()).name());
            evidence.put("task", worst.action().toString());
            evidence.put("startNs", worst.startNs());
            evidence.put("excessNs", worst.ns());
        }
        return Answer.found(new Finding(
                ID,
                Subject.severity(gain),
                "single slow tasks" + subject.inReplica() + " cost " + Subject.percent(gain) + " of the step" + where,
                subject.gainNs(gain),
                gain,
                evidence,
                "look at that device at that time: thermal or power throttling, other work on the GPU, garbage"
                        + " collection, allocator stalls",
                "the jitter share of idle time falls"));
    }

    /** Every task takes size x factor, and its launch gaps as recorded. */
    private static final class WithoutAccidents implements Change {
        @Override
        public long durationNs(TaskView task) {
            return Math.round(task.sizeNs() * task.factor()) + task.hullNs() - task.ownNs();
        }
    }
}
