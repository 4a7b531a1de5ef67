package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.attribution.Change;
import java.util.Map;

/** Do micro-batches differ in size, on all chunks alike? */
final class UnevenMicroBatches implements Rule {

    private static final String ID = "uneven-micro-batches";

    @Override
    public Answer examine(Subject subject) {
        if (subject.windows().stream().allMatch(w -> w.window().microBatches() < 2)) {
            return Answer.notApplicable(
                    ID, "an iteration has one micro-batch: there is nothing to compare its size with");
        }
        double gain = subject.gain(new SameSizes());
        if (gain < Subject.NOTICEABLE) {
            return Answer.passed(
                    ID,
                    "micro-batches" + subject.inReplica() + " are even: equal sizes would save "
                            + Subject.percent(Math.max(0, gain)));
        }
        return Answer.found(new Finding(
                ID,
                Subject.severity(gain),
                "micro-batches" + subject.inReplica() + " of different sizes cost " + Subject.percent(gain)
                        + " of the step",
                subject.gainNs(gain),
                gain,
                Map.of(),
                "pack sequences to micro-batches of equal work (attention grows with the square of the length)",
                "the jitter share of idle time falls"));
    }

    /** Every micro-batch has its phase's mean size. */
    private static final class SameSizes implements Change {
        @Override
        public long durationNs(TaskView task) {
            return task.sizeNs() > 0 ? Math.round(task.hullNs() * task.meanSizeNs() / task.sizeNs()) : task.hullNs();
        }
    }
}
