package io.github.bubbletrace.reports.whatif;

import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.TextTable;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Predictions as lines of text: the recorded step, a row a change, and what the predictions suppose. */
public final class WhatIfTable {

    private static final int MOST_STAGES = 16;

    private WhatIfTable() {}

    /** The whole text, ending in a line feed. */
    public static String text(WhatIfAnalysis whatIf) {
        List<String> lines = new ArrayList<>();
        lines.add("Each change alone, everything else as recorded: upper bounds, never to be summed.");
        lines.add(error(whatIf));
        lines.add("");
        TextTable table = new TextTable(1);
        boolean hasMemory =
                whatIf.peakBytes() != null || whatIf.changes().stream().anyMatch(change -> change.peakBytes() != null);
        List<String> head =
                new ArrayList<>(List.of("change", "step", "gain", "work per time", "bubble", "most in flight"));
        if (hasMemory) {
            head.addAll(List.of("memory", "fits"));
        }
        table.add(head);
        table.add(recorded(whatIf, hasMemory));
        whatIf.changes().forEach(change -> table.add(row(change, hasMemory)));
        lines.addAll(table.lines(""));
        lines.add("");
        for (ChangeOutcome change : whatIf.changes()) {
            lines.add(PlainText.clean(change.change() + ": " + change.job()
                    + (change.note().isEmpty() ? "" : " (" + change.note() + ")")));
        }
        lines.add("");
        lines.add(StragglerSection.summary(whatIf.stragglers()));
        if (whatIf.layerSplit() != null) {
            lines.add(LayerSplitText.of(whatIf.layerSplit()));
        }
        whatIf.advice()
                .forEach(advice -> lines.add(PlainText.clean("Advice: " + Sentence.of(advice.text()) + ' '
                        + Sentence.of(WhatIfSection.replayed(advice)) + " Why: " + Sentence.of(advice.reason())
                        + " Formula: " + Sentence.of(advice.formula()) + " Cost: " + Sentence.of(advice.cost())
                        + (advice.note().isEmpty() ? "" : " Replay: " + Sentence.of(advice.note())))));
        return String.join("\n", lines) + '\n';
    }

    /** How far predictions can be trusted, and which steps they are made from. */
    public static String error(WhatIfAnalysis whatIf) {
        return whatIf.levelShift() == null
                ? ownError(whatIf)
                : ownError(whatIf) + ' ' + LevelShiftText.of(whatIf.levelShift());
    }

    private static String ownError(WhatIfAnalysis whatIf) {
        if (whatIf.withheld() != null) {
            return "Nothing is predicted: " + whatIf.withheld() + ".";
        }
        return whatIf.predictionError() == null
                ? "Prediction error: unknown, for there is one iteration only."
                : "Prediction error: " + Units.percent(whatIf.predictionError())
                        + " of a step (every recorded step predicted from the others).";
    }

    private static List<String> recorded(WhatIfAnalysis whatIf, boolean hasMemory) {
        List<String> cells = new ArrayList<>(List.of(
                "as recorded",
                Units.time(whatIf.recordedNs()),
                "-",
                "1.00 x",
                Units.percent(whatIf.bubble()),
                peaks(whatIf.peakInFlight())));
        if (hasMemory) {
            cells.add(Units.bytes(whatIf.peakBytes()));
            cells.add(fits(whatIf.fits()));
        }
        return cells;
    }

    private static List<String> row(ChangeOutcome change, boolean hasMemory) {
        boolean isShown = change.stepNs() != null;
        List<String> cells = new ArrayList<>(List.of(
                PlainText.clean(change.change()),
                isShown ? Units.time(change.stepNs()) : "withheld",
                isShown ? Units.time(change.gainNs()) : "-",
                isShown ? Units.decimals(change.speedUp(), 2) + " x" : "-",
                isShown ? Units.percent(change.bubble()) : "-",
                peaks(change.peakInFlight())));
        if (hasMemory) {
            cells.add(Units.bytes(change.peakBytes()));
            cells.add(fits(change.fits()));
        }
        return cells;
    }

    /** Whether a plan fits, in a word. */
    static String fits(Boolean fits) {
        if (fits == null) {
            return "unknown";
        }
        return fits ? "yes" : "NO";
    }

    /** Peaks by stage; of many stages only the largest. */
    static String peaks(List<Integer> peaks) {
        if (peaks.size() > MOST_STAGES) {
            return "at most " + peaks.stream().mapToInt(Integer::intValue).max().orElse(0);
        }
        return peaks.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
