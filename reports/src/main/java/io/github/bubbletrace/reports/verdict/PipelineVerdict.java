package io.github.bubbletrace.reports.verdict;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Totals;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.figures.DeviceTotals;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.ScheduleText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verdict on one replica. */
final class PipelineVerdict {

    /** Causes named with their place; further ones are summed up, a single one is named too. */
    private static final int NAMED_CAUSES = 3;

    /** Boundary idle time worth a sentence. */
    private static final double NOTABLE_BOUNDARY = 0.005;

    private PipelineVerdict() {}

    static List<String> sentences(PipelineAnalysis pipeline) {
        if (Windows.counted(pipeline).isEmpty()) {
            return List.of("The trace holds no complete iteration of this pipeline, so nothing can be said about it.");
        }
        Totals totals = pipeline.totals();
        Budget budget = Budget.of(totals.busyNs(), totals.idleNs());
        List<String> sentences = new ArrayList<>();
        sentences.add(busy(pipeline, budget));
        BubbleLine.of(pipeline, budget).ifPresent(sentences::add);
        if (budget.idleTenths() > 0) {
            sentences.addAll(lost(pipeline, budget));
        }
        boundary(totals).ifPresent(sentences::add);
        ScheduleText.doubt(pipeline).ifPresent(sentences::add);
        DataQuality.doubt(pipeline).ifPresent(sentences::add);
        return sentences;
    }

    private static String busy(PipelineAnalysis pipeline, Budget budget) {
        boolean gpus = DeviceTotals.of(pipeline).stream().allMatch(DeviceTotals::hasGpu);
        boolean whole = pipeline.totals().boundary().totalNs() == 0;
        return (gpus ? "GPUs" : "Devices") + " are busy " + Units.tenths(budget.busyTenths()) + " % of the "
                + (whole ? "step." : "pipeline window.");
    }

    private static List<String> lost(PipelineAnalysis pipeline, Budget budget) {
        List<String> parts = parts(pipeline, budget);
        String first = "Of the " + Units.tenths(budget.idleTenths()) + " % lost, "
                + Sentence.list(parts.subList(0, Math.min(2, parts.size()))).replaceFirst(" points ", " points are ")
                + '.';
        return parts.size() <= 2
                ? List.of(first)
                : List.of(first, "The rest is " + Sentence.list(parts.subList(2, parts.size())) + '.');
    }

    private static List<String> parts(PipelineAnalysis pipeline, Budget budget) {
        List<String> parts = new ArrayList<>();
        if (budget.structureTenths() > 0) {
            parts.add(points(budget.structureTenths()) + " the schedule itself (" + ScheduleText.shape(pipeline) + ')');
        }
        List<Cause> causes = budget.beyondStructure();
        int named = causes.size() == NAMED_CAUSES + 1 ? causes.size() : NAMED_CAUSES;
        causes.stream().limit(named).forEach(cause -> parts.add(cause(cause, pipeline, budget)));
        int rest = causes.stream().skip(named).mapToInt(budget::tenths).sum();
        if (rest > 0) {
            parts.add(points(rest) + " other causes");
        }
        return parts;
    }

    private static String cause(Cause cause, PipelineAnalysis pipeline, Budget budget) {
        Optional<String> place = Place.of(cause, pipeline);
        String what = points(budget.tenths(cause)) + ' ' + CauseText.name(cause);
        return what + place.map(where -> " (" + where + ')').orElse("");
    }

    private static String points(int tenths) {
        return Units.tenths(tenths) + " points";
    }

    private static Optional<String> boundary(Totals totals) {
        if (!(totals.boundaryIdle() >= NOTABLE_BOUNDARY)) {
            return Optional.empty();
        }
        return Optional.of("Beside the bubble, " + Units.percent(totals.boundaryIdle())
                + " of the whole run is idle between steps.");
    }
}
