package io.github.bubbletrace.reports.output;

import io.github.bubbletrace.reports.csv.IdleCsv;
import io.github.bubbletrace.reports.csv.TasksCsv;
import io.github.bubbletrace.reports.json.JsonReport;
import io.github.bubbletrace.reports.markdown.MarkdownReport;
import io.github.bubbletrace.reports.output.ReportFile.Need;
import io.github.bubbletrace.reports.page.HtmlReport;
import io.github.bubbletrace.reports.picture.HeatmapChart;
import io.github.bubbletrace.reports.picture.PipelinePng;
import io.github.bubbletrace.reports.picture.PipelineSvg;
import io.github.bubbletrace.reports.picture.StagesChart;
import io.github.bubbletrace.reports.picture.StepsChart;
import java.util.List;
import java.util.Locale;

/** The kinds of files an analysis can be written as. */
public enum Output {
    /** The page for people. */
    HTML,
    /** The analysis document for scripts. */
    JSON,
    /** The short text for tickets. */
    MD,
    /** Tasks and idle spans as tables. */
    CSV,
    /** The median iteration as a drawing that scales. */
    SVG,
    /** The median iteration, the stages, the steps and the idle share of both, on pixels. */
    PNG;

    /** What the user calls it, as in {@code --only json}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The files that it is made of. */
    public List<ReportFile> files() {
        return switch (this) {
            case HTML -> List.of(ReportFile.text("report.html", Need.NOTHING, HtmlReport::page));
            case JSON -> List.of(ReportFile.text("report.json", Need.NOTHING, JsonReport::document));
            case MD -> List.of(ReportFile.text("report.md", Need.NOTHING, MarkdownReport::text));
            case CSV ->
                List.of(
                        ReportFile.streamed("tasks.csv", (analysis, run, out) -> TasksCsv.write(analysis, out)),
                        ReportFile.streamed("idle.csv", (analysis, run, out) -> IdleCsv.write(analysis, out)));
            case SVG ->
                List.of(ReportFile.text("pipeline.svg", Need.PIPELINE, (analysis, run) -> PipelineSvg.text(analysis)));
            case PNG ->
                List.of(
                        ReportFile.picture("pipeline.png", PipelinePng::of),
                        ReportFile.picture("stages.png", StagesChart::of),
                        ReportFile.picture("steps.png", StepsChart::of),
                        ReportFile.picture("heatmap.png", HeatmapChart::of));
        };
    }
}
