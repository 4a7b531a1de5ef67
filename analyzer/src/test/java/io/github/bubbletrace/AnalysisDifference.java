package io.github.bubbletrace;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import java.util.List;
import java.util.Optional;

/** What sets two analyses of one run apart: its pipelines, their kinds, any task, or a cause by more than 1 % of the window. */
public final class AnalysisDifference {

    private static final double SHARE = 0.01;

    private AnalysisDifference() {}

    /** The first difference, or empty where there is none. */
    public static Optional<String> of(Analysis actual, Analysis expected) {
        List<PipelineAnalysis> found = actual.pipelines();
        List<PipelineAnalysis> known = expected.pipelines();
        if (found.size() != known.size()) {
            return Optional.of(found.size() + " pipelines, not " + known.size() + "; warnings " + actual.warnings());
        }
        for (int p = 0; p < found.size(); p++) {
            Optional<String> difference = of(found.get(p), known.get(p));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** The same of one pipeline. */
    public static Optional<String> of(PipelineAnalysis actual, PipelineAnalysis expected) {
        String kind = expected.schedule().kind();
        if (!actual.schedule().kind().equals(kind)) {
            return Optional.of("kind " + actual.schedule().kind() + ", not " + kind);
        }
        if (actual.tensorParallel() != expected.tensorParallel()) {
            return Optional.of(kind + ": " + actual.tensorParallel() + " lanes, not " + expected.tensorParallel());
        }
        return tasks(FoundTasks.of(actual), FoundTasks.of(expected))
                .or(() -> causes(actual, expected))
                .map(difference -> kind + ": " + difference);
    }

    private static Optional<String> tasks(List<String> actual, List<String> expected) {
        for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
            if (!actual.get(i).equals(expected.get(i))) {
                return Optional.of("task " + actual.get(i) + ", not " + expected.get(i));
            }
        }
        return actual.size() == expected.size()
                ? Optional.empty()
                : Optional.of(actual.size() + " tasks, not " + expected.size());
    }

    /** The same of the causes alone. */
    static Optional<String> causes(PipelineAnalysis actual, PipelineAnalysis expected) {
        double deviceNs =
                (double) expected.totals().windowNs() * expected.stages() * Math.max(1, expected.tensorParallel());
        for (Cause cause : Cause.values()) {
            double share = actual.totals().idleNs().get(cause) / deviceNs;
            double known = expected.totals().idleNs().get(cause) / deviceNs;
            if (Math.abs(share - known) > SHARE) {
                return Optional.of(cause + " " + share + " of the window, not " + known);
            }
        }
        return Optional.empty();
    }
}
