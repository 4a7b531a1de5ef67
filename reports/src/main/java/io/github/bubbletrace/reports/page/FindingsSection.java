package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.EvidenceText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import java.util.List;

/** The findings, the largest gain first; those beyond the first three are folded. */
final class FindingsSection {

    private static final int SHOWN = 3;

    private FindingsSection() {}

    static void write(HtmlWriter html, Analysis analysis) {
        List<Finding> findings = analysis.findings();
        html.open("section", "aria-labelledby", "findings").element("h2", "Findings", "id", "findings");
        if (findings.isEmpty()) {
            html.element("p", "None. The budget above and the tables below hold all that was measured.")
                    .close();
            return;
        }
        html.element(
                "p", "Gains come from replays with only this one removed. They are not additive.", "class", "note");
        list(html, analysis, findings.subList(0, Math.min(SHOWN, findings.size())));
        if (findings.size() > SHOWN) {
            html.open("details").element("summary", (findings.size() - SHOWN) + " more");
            list(html, analysis, findings.subList(SHOWN, findings.size()));
            html.close();
        }
        html.close();
    }

    private static void list(HtmlWriter html, Analysis analysis, List<Finding> findings) {
        html.open("ol", "class", "findings");
        findings.forEach(finding -> item(html, analysis, finding));
        html.close();
    }

    private static void item(HtmlWriter html, Analysis analysis, Finding finding) {
        html.open("li").open("p", "class", "headline");
        html.element(
                "span",
                finding.severity().key(),
                "class",
                "tag t-" + finding.severity().key());
        html.text(" ").element("strong", Sentence.of(PlainText.clean(finding.title())));
        if (finding.gainNs() > 0) {
            html.element(
                    "span",
                    " Gain " + Units.percent(finding.gain()) + " (" + Units.time(finding.gainNs()) + " an iteration).",
                    "class",
                    "gain");
        }
        html.close();
        sentence(html, "What to do", finding.advice());
        sentence(html, "How to check", finding.check());
        line(html, "Evidence", EvidenceText.of(finding.evidence()));
        EvidenceLink.of(finding, analysis).ifPresent(address -> link(html, address));
        html.close();
    }

    /** Hidden until there is a timeline to go to. */
    private static void link(HtmlWriter html, String address) {
        html.open("p");
        html.element("a", "Show in the timeline", "href", address, "data-timeline", "", "hidden", "hidden");
        html.close();
    }

    private static void sentence(HtmlWriter html, String name, String text) {
        line(html, name, text == null ? "" : Sentence.of(PlainText.clean(text)));
    }

    private static void line(HtmlWriter html, String name, String text) {
        if (text != null && !text.isBlank()) {
            html.open("p").element("span", name + ": ", "class", "label");
            html.element("bdi", PlainText.clean(text)).close();
        }
    }
}
