package io.github.bubbletrace.reports.compare;

import io.github.bubbletrace.reports.compare.Comparison.StageChange;
import io.github.bubbletrace.reports.compare.Comparison.TimeChange;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a comparison as rows of text. */
final class ComparisonRows {

    /** Stage rows beyond these are left to the JSON document. */
    static final int MAX_STAGES = 40;

    private final Comparison comparison;
    private final Units.Scale scale;

    ComparisonRows(Comparison comparison) {
        this.comparison = comparison;
        this.scale = Units.Scale.of(Math.round(
                Math.max(comparison.step().before(), comparison.step().after())));
    }

    List<String> headings(String first) {
        String unit = scale.unit();
        return List.of(first, "before, " + unit, "after, " + unit, "change, " + unit, "noise, " + unit, "beyond");
    }

    /** Step, busy and every cause. */
    List<List<String>> times() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("step", comparison.step()));
        for (TimeChange time : comparison.times()) {
            rows.add(row(ComparisonVerdict.name(time), time.change()));
        }
        return rows;
    }

    /** What changed on single stages, the largest change first. */
    List<List<String>> stages() {
        List<List<String>> rows = new ArrayList<>();
        for (StageChange change : comparison.changedStages()) {
            if (rows.size() < MAX_STAGES) {
                rows.add(row(
                        "stage " + change.stage() + ' ' + ComparisonVerdict.name(change.time()),
                        change.time().change()));
            }
        }
        return rows;
    }

    private List<String> row(String name, Change change) {
        return List.of(
                name,
                number(change.before()),
                number(change.after()),
                (change.difference() > 0 ? "+" : "") + number(change.difference()),
                change.noise() == null ? "unknown" : number(change.noise()),
                comparison.isNotable(change) ? "yes" : "no");
    }

    private String number(double ns) {
        String text = scale.number(Math.round(ns));
        return text.startsWith("-") && text.chars().allMatch(c -> "-0.".indexOf(c) >= 0) ? text.substring(1) : text;
    }
}
