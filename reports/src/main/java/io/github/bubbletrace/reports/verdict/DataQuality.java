package io.github.bubbletrace.reports.verdict;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.analysis.StructureStep;
import io.github.bubbletrace.analysis.Totals;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far the numbers can be trusted.
 *
 * @param level the judgement
 * @param facts what it rests on, one phrase each
 */
public record DataQuality(Level level, List<String> facts) {

    /** Unresolved share of the window from which the verdict is called doubtful. */
    private static final double MUCH_UNRESOLVED = 0.05;

    private static final double SOME_UNRESOLVED = 0.01;
    private static final double UNMATCHED = 0.02;
    private static final double PREDICTION_ERROR = 0.05;
    private static final double CLOCK_ERROR = 0.01;
    private static final double UNSURE = 0.75;

    /** Judgements, best first. */
    public enum Level {
        GOOD("good"),
        FAIR("fair"),
        LOW("low confidence");

        private final String label;

        Level(String label) {
            this.label = label;
        }

        /** What people call it. */
        public String label() {
            return label;
        }
    }

    /** The quality of the analysis as far as {@code pipeline} goes. */
    public static DataQuality of(Analysis analysis, PipelineAnalysis pipeline) {
        List<String> facts = new ArrayList<>(List.of(
                unresolvedFact(pipeline.totals()),
                prediction(pipeline.totals()),
                clock(analysis),
                unmatched(analysis)));
        structure(pipeline).ifPresent(facts::add);
        long unreplayed = unreplayed(pipeline);
        if (unreplayed > 0) {
            facts.add(Units.count(unreplayed, "iteration") + " could not be replayed");
        }
        long skipped = pipeline.iterations().stream()
                .filter(IterationAnalysis::skipped)
                .count();
        if (skipped > 0) {
            facts.add(Units.count(skipped, "leading iteration") + " left out of the totals");
        }
        facts.add(warnings(analysis));
        return new DataQuality(level(analysis, pipeline, unreplayed), List.copyOf(facts));
    }

    /** A sentence where so much is unresolved that the verdict is in doubt. */
    static Optional<String> doubt(PipelineAnalysis pipeline) {
        Totals totals = pipeline.totals();
        if (unresolved(totals) < MUCH_UNRESOLVED) {
            return Optional.empty();
        }
        return Optional.of("Low confidence: for " + Units.percent(unresolved(totals))
                + " of the time no cause could be resolved.");
    }

    /** Without labels a pipeline is as sure as the least sure step of finding it. */
    private static Optional<String> structure(PipelineAnalysis pipeline) {
        return pipeline.structure().stream()
                .min(Comparator.comparingDouble(StructureStep::confidence))
                .map(step -> "found without labels, least sure of its " + word(step) + " ("
                        + Units.percent(step.confidence()) + ')');
    }

    private static String word(StructureStep step) {
        return "microBatches".equals(step.step()) ? "micro-batches" : step.step();
    }

    private static Level level(Analysis analysis, PipelineAnalysis pipeline, long unreplayed) {
        Totals totals = pipeline.totals();
        if (unresolved(totals) >= MUCH_UNRESOLVED
                || analysis.warnings().stream().anyMatch(warning -> warning.severity() == Severity.HIGH)) {
            return Level.LOW;
        }
        boolean fair = unresolved(totals) >= SOME_UNRESOLVED
                || unreplayed > 0
                || pipeline.structure().stream().anyMatch(step -> step.confidence() < UNSURE)
                || unmatchedShare(analysis) >= UNMATCHED
                || clockErrorNs(analysis) >= CLOCK_ERROR * Windows.medianNs(pipeline)
                || (totals.predictionError() != null && totals.predictionError() >= PREDICTION_ERROR);
        return fair ? Level.FAIR : Level.GOOD;
    }

    private static double unresolved(Totals totals) {
        return (double) totals.idleNs().get(Cause.UNRESOLVED)
                / Math.max(1, totals.busyNs() + totals.idleNs().total());
    }

    private static String unresolvedFact(Totals totals) {
        return Units.percent(unresolved(totals)) + " unresolved";
    }

    private static String prediction(Totals totals) {
        return totals.predictionError() == null
                ? "replay error unknown (needs more iterations)"
                : "replay predicts other iterations to " + Units.percent(totals.predictionError());
    }

    private static long clockErrorNs(Analysis analysis) {
        return analysis.inputs().stream()
                .mapToLong(InputSummary::clockErrorNs)
                .max()
                .orElse(0);
    }

    private static String clock(Analysis analysis) {
        return "clock error up to " + Units.time(clockErrorNs(analysis));
    }

    private static double unmatchedShare(Analysis analysis) {
        long kernels =
                analysis.inputs().stream().mapToLong(InputSummary::kernels).sum();
        return (double) unmatchedKernels(analysis) / Math.max(1, kernels);
    }

    private static long unmatchedKernels(Analysis analysis) {
        return analysis.inputs().stream()
                .mapToLong(InputSummary::unmatchedKernels)
                .sum();
    }

    private static String unmatched(Analysis analysis) {
        return Units.count(unmatchedKernels(analysis), "kernel") + " without an API call";
    }

    private static String warnings(Analysis analysis) {
        return Units.count(analysis.warnings().size(), "warning");
    }

    private static long unreplayed(PipelineAnalysis pipeline) {
        return pipeline.iterations().stream()
                .filter(iteration -> iteration.replayNs() == null)
                .count();
    }
}
