package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Check;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.pipeline.PipelineRun;
import java.util.Comparator;
import java.util.List;

/** Asks every question and ranks the answers. Gains are never summed: each removes one thing from the recorded run. */
public final class Findings {

    private static final List<Rule> RULES = List.of(
            new SlowStage(),
            new SlowDevice(),
            new SlowTransfers(),
            new LateHost(),
            new Stragglers(),
            new UnevenMicroBatches(),
            new Trend(),
            new Starvation(),
            new FewMicroBatches(),
            new StepBoundary(),
            new ReplicaWait(),
            new DataQuality());

    private static final Comparator<Finding> BY_GAIN = Comparator.comparingDouble(Finding::gain)
            .thenComparing(Finding::severity)
            .reversed();

    private final List<Finding> findings;
    private final List<Check> checks;

    private Findings(List<Answer> answers) {
        findings = answers.stream()
                .flatMap(answer -> answer.findings().stream())
                .sorted(BY_GAIN)
                .toList();
        checks = answers.stream().flatMap(answer -> answer.checks().stream()).toList();
    }

    /** One replica, as the rules see it. */
    public record Replica(PipelineRun run, List<WindowRun> windows, PipelineAnalysis analysis) {}

    /** The answers about all replicas. */
    public static Findings about(List<Replica> replicas) {
        List<PipelineAnalysis> all = replicas.stream().map(Replica::analysis).toList();
        List<Subject> subjects = replicas.stream()
                .filter(r -> r.run().isWhole() && r.windows().stream().anyMatch(WindowRun::isReplayable))
                .map(r -> new Subject(r.run(), r.windows(), r.analysis(), all))
                .toList();
        return new Findings(RULES.stream()
                .flatMap(rule -> subjects.stream().map(rule::examine))
                .toList());
    }

    /** What was found, the largest gain first. */
    public List<Finding> findings() {
        return findings;
    }

    /** What was asked without a finding. */
    public List<Check> checks() {
        return checks;
    }
}
