package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.ScheduleText;
import io.github.bubbletrace.reports.text.Units;
import io.github.bubbletrace.reports.verdict.ReplicaWaitText;
import java.util.List;
import java.util.stream.Collectors;

/** The data-parallel replicas beside each other. */
final class ReplicasTable {

    private static final int NAMED_CAUSES = 3;

    private ReplicasTable() {}

    static void write(HtmlWriter html, List<PipelineAnalysis> pipelines) {
        html.open("section", "aria-labelledby", "replicas").element("h2", "Replicas", "id", "replicas");
        HtmlTable table = HtmlTable.mixed(
                "Replicas of the pipeline",
                List.of(
                        "replica",
                        "schedule",
                        "iterations",
                        "median window",
                        "95th percentile",
                        "bubble %",
                        "waits for the slowest",
                        "beyond the schedule"),
                List.of(1, 7));
        for (PipelineAnalysis pipeline : pipelines) {
            Budget budget =
                    Budget.of(pipeline.totals().busyNs(), pipeline.totals().idleNs());
            table.row(
                    "replica " + pipeline.replica(),
                    ScheduleText.kind(pipeline),
                    "" + Windows.counted(pipeline).size(),
                    Units.time(Windows.medianNs(pipeline)),
                    Units.time(Windows.p95Ns(pipeline)),
                    Units.tenths(budget.idleTenths()),
                    ReplicaWaitText.perIteration(pipeline),
                    causes(budget));
        }
        table.write(html);
        html.close();
    }

    private static String causes(Budget budget) {
        List<Cause> causes = budget.beyondStructure();
        if (causes.isEmpty()) {
            return "nothing";
        }
        return causes.stream()
                .limit(NAMED_CAUSES)
                .map(cause -> CauseText.name(cause) + ' ' + Units.tenths(budget.tenths(cause)) + " %")
                .collect(Collectors.joining(", "));
    }
}
