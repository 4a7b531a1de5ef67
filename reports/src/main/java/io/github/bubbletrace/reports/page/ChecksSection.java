package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Check;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Sentence;
import java.util.List;

/** The questions without a finding, folded: those that passed, and those that the trace cannot answer. */
final class ChecksSection {

    private ChecksSection() {}

    static void write(HtmlWriter html, List<Check> checks) {
        if (checks.isEmpty()) {
            return;
        }
        html.open("section", "aria-labelledby", "checks").element("h2", "Checked without a finding", "id", "checks");
        group(html, "passed", checks, Check.Status.PASSED);
        group(html, "not applicable", checks, Check.Status.NOT_APPLICABLE);
        html.close();
    }

    private static void group(HtmlWriter html, String name, List<Check> checks, Check.Status status) {
        List<Check> some = checks.stream().filter(c -> c.status() == status).toList();
        if (some.isEmpty()) {
            return;
        }
        html.open("details").element("summary", some.size() + " " + name);
        html.open("ul");
        for (Check check : some) {
            html.open("li").element("strong", check.id()).text(": ");
            html.element("bdi", Sentence.of(PlainText.clean(check.text()))).close();
        }
        html.close().close();
    }
}
