package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.pipeline.PipelineRun;
import java.util.Comparator;
import java.util.List;

/** Asks every question and ranks the answers. Gains are never summed: each removes one thing from the recorded run. */
public final class Findings {

    private static final List<Rule> RULES =
            List.of(new SlowStage(), new SlowTransfers(), new LateHost(), new Stragglers());

    private Findings() {}

    /** The findings about one replica, the largest gain first. */
    public static List<Finding> of(PipelineRun run, List<WindowRun> windows, PipelineAnalysis analysis) {
        if (windows.stream().noneMatch(WindowRun::isReplayable) || !run.isWhole()) {
            return List.of();
        }
        Subject subject = new Subject(run, windows, analysis);
        return RULES.stream()
                .flatMap(rule -> rule.examine(subject).stream())
                .sorted(Comparator.comparingDouble(Finding::gain).reversed())
                .toList();
    }
}
