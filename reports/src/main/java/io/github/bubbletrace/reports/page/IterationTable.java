package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/** Window, bubble and causes of every iteration; groups of neighbours where there are many. */
final class IterationTable {

    private static final int MAX_ROWS = 50;

    private final List<IterationAnalysis> iterations;
    private final int groupSize;
    private final List<Cause> causes;
    private final Units.Scale scale;

    private IterationTable(List<IterationAnalysis> iterations) {
        this.iterations = iterations;
        this.groupSize = (iterations.size() + MAX_ROWS - 1) / MAX_ROWS;
        this.causes = Budget.of(0, idle(iterations)).present();
        this.scale = Units.Scale.of(
                iterations.stream().mapToLong(IterationAnalysis::windowNs).max().orElse(0));
    }

    static void write(HtmlWriter html, PipelineAnalysis pipeline) {
        new IterationTable(pipeline.iterations()).table().write(html);
    }

    private HtmlTable table() {
        List<String> headings =
                new ArrayList<>(List.of("iteration", "micro-batches", "window, " + scale.unit(), "bubble %"));
        causes.forEach(cause -> headings.add(CauseText.column(cause) + " %"));
        HtmlTable table = HtmlTable.numbers(caption(), headings);
        for (int from = 0; from < iterations.size(); from += groupSize) {
            group(table, iterations.subList(from, Math.min(from + groupSize, iterations.size())));
        }
        return table;
    }

    private String caption() {
        String text = "Iterations: window, and idle time in % of device time";
        return groupSize == 1
                ? text
                : text + "; " + iterations.size() + " iterations in groups of " + groupSize
                        + ", with their mean window";
    }

    private void group(HtmlTable table, List<IterationAnalysis> group) {
        long busyNs = devices(group).stream().mapToLong(DeviceAnalysis::busyNs).sum();
        Budget budget = Budget.of(busyNs, idle(group));
        long windowNs = group.stream().mapToLong(IterationAnalysis::windowNs).sum() / group.size();
        List<String> cells = new ArrayList<>(
                List.of(name(group), microBatches(group), scale.number(windowNs), Units.tenths(budget.idleTenths())));
        causes.forEach(cause -> cells.add(budget.idleNs(cause) == 0 ? "0" : Units.tenths(budget.tenths(cause))));
        table.row(cells.toArray(String[]::new));
    }

    private static String name(List<IterationAnalysis> group) {
        int first = group.get(0).index();
        int last = group.get(group.size() - 1).index();
        boolean skipped = group.stream().anyMatch(IterationAnalysis::skipped);
        return (group.size() == 1 ? "" + first : first + " to " + last) + (skipped ? " (skipped)" : "");
    }

    private static String microBatches(List<IterationAnalysis> group) {
        int first = group.get(0).microBatches();
        return group.stream().allMatch(iteration -> iteration.microBatches() == first) ? "" + first : "vary";
    }

    private static List<DeviceAnalysis> devices(List<IterationAnalysis> group) {
        return group.stream().flatMap(iteration -> iteration.devices().stream()).toList();
    }

    private static CauseTimes idle(List<IterationAnalysis> group) {
        return devices(group).stream().map(DeviceAnalysis::idleNs).reduce(CauseTimes.NONE, CauseTimes::plus);
    }
}
