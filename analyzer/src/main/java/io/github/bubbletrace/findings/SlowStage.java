package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.StageTime;
import io.github.bubbletrace.attribution.Change;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** Does one stage compute longer than the others, on every replica? */
final class SlowStage implements Rule {

    private static final String ID = "slow-stage";
    private static final double NOTICEABLE = 1.02;

    @Override
    public Answer examine(Subject subject) {
        StageTime slowest = subject.analysis().stageTimes().stream()
                .max(Comparator.comparingDouble(StageTime::relative))
                .orElseThrow();
        double gain = subject.gain(atMean(subject, slowest.stage()));
        String times = String.format(Locale.ROOT, "%.2f", slowest.relative());
        if (slowest.relative() < NOTICEABLE || gain < Subject.NOTICEABLE) {
            return Answer.passed(
                    ID,
                    "no stage is slow: the longest, stage " + slowest.stage() + subject.inReplica() + ", takes " + times
                            + " x the median");
        }
        return Answer.found(new Finding(
                ID,
                Subject.severity(gain),
                "stage " + slowest.stage() + subject.inReplica() + " takes " + times + " x the median stage: "
                        + Subject.percent(gain) + " of the step",
                subject.gainNs(gain),
                gain,
                Map.of("stage", slowest.stage(), "relative", slowest.relative(), "meanTaskNs", slowest.meanTaskNs()),
                "move layers away from stage " + slowest.stage()
                        + " (embedding and output head count as layers), or check that its GPU is not slower",
                "the stages' mean task times are within 2 % of each other"));
    }

    /** The stage's tasks at their phase's mean over all stages. */
    private static Change atMean(Subject subject, int stage) {
        return new Change() {
            @Override
            public long durationNs(TaskView task) {
                boolean changed = subject.run().placeOf().get(task.device()) == stage && task.factor() > 0;
                return changed ? Math.round(task.hullNs() * task.meanFactor() / task.factor()) : task.hullNs();
            }
        };
    }
}
