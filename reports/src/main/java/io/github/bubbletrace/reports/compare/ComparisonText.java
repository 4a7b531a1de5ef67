package io.github.bubbletrace.reports.compare;

import io.github.bubbletrace.reports.text.MarkdownText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.TextTable;
import java.util.ArrayList;
import java.util.List;

/** A comparison for the terminal, and as Markdown for a ticket. */
public final class ComparisonText {

    private ComparisonText() {}

    /** Lines for the terminal, ending in a line feed. */
    public static String text(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add("before: " + PlainText.clean(comparison.before().name()));
        lines.add("after:  " + PlainText.clean(comparison.after().name()));
        lines.add("");
        lines.addAll(ComparisonVerdict.sentences(comparison));
        lines.addAll(ComparisonVerdict.scope(comparison));
        if (comparison.hasSteps()) {
            ComparisonRows rows = new ComparisonRows(comparison);
            lines.add("");
            lines.addAll(table(rows.headings(title(comparison)), rows.times()));
            List<List<String>> stages = rows.stages();
            if (!stages.isEmpty()) {
                lines.add("");
                lines.addAll(table(rows.headings("stage"), stages));
            }
        }
        findings(lines, "Findings gone: ", comparison.onlyIn(comparison.before(), comparison.after()));
        findings(lines, "New findings: ", comparison.onlyIn(comparison.after(), comparison.before()));
        return String.join("\n", lines) + '\n';
    }

    /** The same as Markdown. */
    public static String markdown(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add("**Before and after.** " + escaped(ComparisonVerdict.sentences(comparison)) + ' '
                + escaped(ComparisonVerdict.scope(comparison)));
        lines.add("");
        if (comparison.hasSteps()) {
            ComparisonRows rows = new ComparisonRows(comparison);
            markdown(lines, rows.headings(title(comparison)), rows.times());
            if (!rows.stages().isEmpty()) {
                lines.add("");
                markdown(
                        lines,
                        rows.headings("stage"),
                        rows.stages().stream().limit(12).toList());
            }
            lines.add("");
        }
        lines.add("before: " + MarkdownText.code(comparison.before().name()) + ", after: "
                + MarkdownText.code(comparison.after().name()));
        return String.join("\n", lines) + '\n';
    }

    /** What the times are of. */
    static String title(Comparison comparison) {
        return comparison.isPerMicroBatch() ? "per micro-batch" : "per iteration";
    }

    private static List<String> table(List<String> headings, List<List<String>> rows) {
        TextTable table = new TextTable(1);
        table.add(headings);
        rows.forEach(table::add);
        return table.lines("  ");
    }

    private static void markdown(List<String> lines, List<String> headings, List<List<String>> rows) {
        lines.add("| " + String.join(" | ", headings) + " |");
        lines.add("|---|--:|--:|--:|--:|--:|");
        rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    }

    private static String escaped(List<String> sentences) {
        return MarkdownText.escape(String.join(" ", sentences), 4000);
    }

    private static void findings(List<String> lines, String name, List<SavedRun.SavedFinding> findings) {
        if (!findings.isEmpty()) {
            lines.add("");
            lines.add(name
                    + String.join(
                            "; ",
                            findings.stream()
                                    .map(finding -> PlainText.clean(finding.title()))
                                    .toList()));
        }
    }
}
