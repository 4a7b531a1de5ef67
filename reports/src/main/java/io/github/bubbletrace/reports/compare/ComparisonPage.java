package io.github.bubbletrace.reports.compare;

import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.json.JsonText;
import io.github.bubbletrace.reports.markup.ContentPolicy;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.reports.markup.StyleSheets;
import io.github.bubbletrace.reports.page.FirstScreen;
import io.github.bubbletrace.reports.page.PageScript;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import java.util.List;

/** A comparison as a page: one file, no request to anywhere, true without its script. */
public final class ComparisonPage {

    private final HtmlWriter html = new HtmlWriter();
    private final Comparison comparison;

    private ComparisonPage(Comparison comparison) {
        this.comparison = comparison;
    }

    /** The whole page, made again by {@code run}; the same comparison gives the same text. */
    public static String page(Comparison comparison, RunInfo run) {
        ComparisonPage page = new ComparisonPage(comparison);
        page.write(run);
        return "<!DOCTYPE html>\n" + page.html;
    }

    private void write(RunInfo run) {
        String style = StyleSheets.page();
        String script = PageScript.comparison();
        html.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml");
        html.open("head").empty("meta", "charset", "utf-8");
        html.empty(
                "meta", "http-equiv", "Content-Security-Policy", "content", ContentPolicy.of(style, List.of(script)));
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "generator", "content", "bubbletrace " + run.version());
        html.element("title", "Before and after - bubbletrace").style(style).close();
        html.open("body");
        Patterns.define(html);
        header();
        html.open("main");
        FirstScreen.verdict(html, String.join(" ", ComparisonVerdict.sentences(comparison)));
        html.element("p", String.join(" ", ComparisonVerdict.scope(comparison)), "class", "note");
        FirstScreen.actions(html);
        if (comparison.hasSteps()) {
            ComparisonPicture.write(html, comparison);
            tables();
        }
        findings();
        method(run);
        html.close();
        html.data("comparison-json", "application/json", ComparisonJson.document(comparison));
        html.data("report-md", "application/json", JsonText.of(ComparisonText.markdown(comparison)));
        html.script(script).close().close();
    }

    private void header() {
        html.open("header").element("p", "bubbletrace comparison", "class", "kicker");
        html.element("h1", "Before and after").open("dl", "class", "facts");
        run("Before", comparison.before());
        run("After", comparison.after());
        html.close().close();
    }

    private void run(String name, SavedRun run) {
        String shape = run.shape() == null ? "no pipeline" : ComparisonVerdict.shape(run.shape());
        html.open("div").element("dt", name).open("dd").element("bdi", PlainText.clean(run.name(), 120));
        html.text(" (" + PlainText.clean(shape, 120) + ", "
                        + Units.count(run.iterations().size(), "iteration") + ", by bubbletrace "
                        + PlainText.clean(run.version(), 40) + ')')
                .close()
                .close();
    }

    private void tables() {
        ComparisonRows rows = new ComparisonRows(comparison);
        html.open("section", "aria-labelledby", "parts")
                .element("h2", "Where the time went, before and after", "id", "parts");
        html.element(
                "p",
                "Means over the devices; busy and idle times sum to the step. Noise is the 99 % interval of the difference of"
                        + " means, from the spread between iterations.",
                "class",
                "note");
        table("All times " + ComparisonText.title(comparison), rows.headings("part"), rows.times());
        List<List<String>> stages = rows.stages();
        if (!stages.isEmpty()) {
            int all = comparison.changedStages().size();
            String more = all > stages.size() ? ", the largest " + stages.size() + " of " + all : "";
            table("What changed on single stages" + more, rows.headings("stage"), stages);
        } else if (comparison.hasSameStages()) {
            html.element("p", "On no stage did anything change beyond the noise.");
        }
        html.close();
    }

    private void table(String caption, List<String> headings, List<List<String>> rows) {
        HtmlTable table = HtmlTable.mixed(caption, headings, List.of(headings.size() - 1));
        rows.forEach(row -> table.row(row.toArray(String[]::new)));
        table.write(html);
    }

    private void findings() {
        html.open("section", "aria-labelledby", "findings").element("h2", "Findings", "id", "findings");
        list("Gone", comparison.onlyIn(comparison.before(), comparison.after()));
        list("New", comparison.onlyIn(comparison.after(), comparison.before()));
        long both = (long) comparison.before().findings().size()
                - comparison.onlyIn(comparison.before(), comparison.after()).size();
        html.element("p", Units.count(both, "finding") + " of the run before have one of the same kind after.")
                .close();
    }

    private void list(String name, List<SavedRun.SavedFinding> findings) {
        if (findings.isEmpty()) {
            html.element("p", name + ": none.");
            return;
        }
        html.element("p", name + ':').open("ul", "class", "plain-list");
        findings.forEach(finding -> html.open("li")
                .element("bdi", Sentence.of(PlainText.clean(finding.title())))
                .close());
        html.close();
    }

    private void method(RunInfo run) {
        html.open("section", "aria-labelledby", "method").element("h2", "Method", "id", "method");
        html.element(
                "p",
                "Each iteration that counts is one sample. A difference is called beyond the noise where it is larger than the"
                        + " 99 % interval of Welch's t-test on the iterations' values and than a two-thousandth of the step."
                        + " Iterations are not independent of each other; a drift within a run makes the true noise larger.");
        html.open("p")
                .text("This comparison again: ")
                .element("code", run.command())
                .close()
                .close();
    }
}
