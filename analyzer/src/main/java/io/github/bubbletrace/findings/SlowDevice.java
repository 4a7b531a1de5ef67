package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.StageTime;
import io.github.bubbletrace.attribution.Change;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Is a stage slow on this replica alone? Then its device is slow, not its share of the model heavy. */
final class SlowDevice implements Rule {

    private static final String ID = "slow-device";
    private static final double NOTICEABLE = 1.03;

    private record Lag(int stage, double times) {}

    @Override
    public Answer examine(Subject subject) {
        if (subject.replicas().size() < 2) {
            return Answer.notApplicable(
                    ID, "one replica: give the traces of several to tell slow devices from heavy stages");
        }
        Lag worst = subject.analysis().stageTimes().stream()
                .map(stage -> new Lag(stage.stage(), stage.meanTaskNs() / fastest(subject.replicas(), stage.stage())))
                .max(Comparator.comparingDouble(Lag::times))
                .orElseThrow();
        double gain = subject.gain(faster(subject, worst));
        if (worst.times() < NOTICEABLE || gain < Subject.NOTICEABLE) {
            return Answer.passed(
                    ID, "no device" + subject.inReplica() + " is slower than its counterparts on other replicas");
        }
        String name = subject.run()
                .devices()
                .get(subject.run().placeOf().indexOf(worst.stage()))
                .name();
        return Answer.found(new Finding(
                ID,
                Subject.severity(gain),
                String.format(
                        Locale.ROOT,
                        "stage %d on %s takes %.2f x as long as on the fastest replica: %s of replica %d's step",
                        worst.stage(),
                        name,
                        worst.times(),
                        Subject.percent(gain),
                        subject.analysis().replica()),
                subject.gainNs(gain),
                gain,
                Map.of("stage", worst.stage(), "device", name, "timesFastest", worst.times()),
                "check that GPU: clocks, power and temperature limits, ECC errors, other work on it",
                "the stage takes the same time on all replicas"));
    }

    private static double fastest(List<PipelineAnalysis> replicas, int stage) {
        return Math.max(
                1,
                replicas.stream()
                        .flatMap(replica -> replica.stageTimes().stream())
                        .filter(time -> time.stage() == stage)
                        .mapToLong(StageTime::meanTaskNs)
                        .min()
                        .orElse(1));
    }

    private static Change faster(Subject subject, Lag lag) {
        return new Change() {
            @Override
            public long durationNs(TaskView task) {
                boolean slow = subject.run().placeOf().get(task.device()) == lag.stage();
                return slow ? Math.round(task.hullNs() / Math.max(1, lag.times())) : task.hullNs();
            }
        };
    }
}
