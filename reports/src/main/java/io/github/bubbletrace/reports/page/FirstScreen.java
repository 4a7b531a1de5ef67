package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Totals;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.picture.PipelinePicture;
import io.github.bubbletrace.reports.text.Units;
import io.github.bubbletrace.reports.verdict.DataQuality;
import io.github.bubbletrace.reports.verdict.Place;
import io.github.bubbletrace.reports.verdict.Verdict;

/** What a reader sees first: verdict, data quality, four numbers, the budget and the picture. */
public final class FirstScreen {

    private final HtmlWriter html;
    private final PipelineAnalysis pipeline;
    private final Budget budget;

    private FirstScreen(HtmlWriter html, PipelineAnalysis pipeline) {
        this.html = html;
        this.pipeline = pipeline;
        this.budget = Budget.of(pipeline.totals().busyNs(), pipeline.totals().idleNs());
    }

    /** Writes it for {@code pipeline}, the slowest replica. */
    static void write(HtmlWriter html, Analysis analysis, PipelineAnalysis pipeline) {
        verdict(html, Verdict.text(analysis));
        quality(html, DataQuality.of(analysis, pipeline));
        actions(html);
        if (Windows.counted(pipeline).isEmpty()) {
            return;
        }
        FirstScreen screen = new FirstScreen(html, pipeline);
        screen.numbers();
        html.open("section", "aria-labelledby", "budget").element("h2", "Where the device time went", "id", "budget");
        BudgetBar.write(html, screen.budget);
        html.close();
        html.open("section", "aria-labelledby", "picture").element("h2", "The median iteration", "id", "picture");
        PipelinePicture.write(html, pipeline);
        html.close();
    }

    /** Writes the verdict. */
    public static void verdict(HtmlWriter html, String text) {
        html.open("section", "class", "verdict", "aria-labelledby", "verdict");
        html.element("h2", "Verdict", "id", "verdict").element("p", text).close();
    }

    /** Hidden until the script can do it. */
    public static void actions(HtmlWriter html) {
        html.open("p", "class", "actions");
        html.element("button", "Copy as Markdown", "type", "button", "id", "copy-markdown", "hidden", "hidden");
        html.element("span", "", "id", "copied", "role", "status").close();
    }

    private static void quality(HtmlWriter html, DataQuality quality) {
        String css = "quality q-" + quality.level().name();
        html.open("p", "class", css)
                .element("strong", "Data quality: " + quality.level().label());
        html.text(" \u2013 " + String.join("; ", quality.facts()) + '.').close();
    }

    private void numbers() {
        Totals totals = pipeline.totals();
        html.open("dl", "class", "numbers");
        number(
                "Step time",
                Units.time(Windows.medianNs(pipeline)),
                "median window; 95th percentile " + Units.time(Windows.p95Ns(pipeline)));
        number("Bubble", Units.tenths(budget.idleTenths()) + " %", ideal(totals.closedFormBubble()));
        int exposed = budget.tenths(Cause.P2P) + budget.tenths(Cause.COLLECTIVE);
        number("Exposed communication", Units.tenths(exposed) + " %", "transfers and collectives, of device time");
        Place.slowestStage(pipeline)
                .ifPresentOrElse(
                        stage -> number(
                                "Slowest stage",
                                "stage " + stage.stage(),
                                Units.decimals(stage.relative(), 2) + " times the median stage, "
                                        + Units.time(stage.meanTaskNs()) + " an iteration"),
                        () -> number("Slowest stage", "unknown", "no stage times"));
        html.close();
    }

    private static String ideal(Double closedForm) {
        return closedForm == null
                ? "measured; no closed form for this order"
                : "measured; " + Units.percent(closedForm) + " ideal, by closed form";
    }

    private void number(String name, String value, String beside) {
        html.open("div").element("dt", name).element("dd", value, "class", "value");
        html.element("dd", beside, "class", "beside").close();
    }
}
