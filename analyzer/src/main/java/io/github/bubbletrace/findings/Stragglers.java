package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.attribution.Change;
import java.util.List;
import java.util.Map;

/** Do single tasks take longer than their micro-batch's size and their chunk's factor say? */
final class Stragglers implements Rule {

    @Override
    public List<Finding> examine(Subject subject) {
        double gain = subject.gain(new WithoutAccidents());
        if (gain < 0.001) {
            return List.of();
        }
        return List.of(new Finding(
                "stragglers",
                Subject.severity(gain),
                "single slow tasks" + subject.inReplica() + " cost " + Subject.percent(gain) + " of the step",
                subject.gainNs(gain),
                gain,
                Map.of(),
                "look at the outliers in the timeline: thermal or power throttling, other work on the GPU, garbage"
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
