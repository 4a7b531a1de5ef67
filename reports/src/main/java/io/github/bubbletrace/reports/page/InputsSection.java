package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.analysis.Warning;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.InputText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What was read, and what was odd about it. */
final class InputsSection {

    private InputsSection() {}

    static void write(HtmlWriter html, Analysis analysis) {
        html.open("section", "aria-labelledby", "inputs").element("h2", "Inputs and import log", "id", "inputs");
        inputs(html, analysis.inputs());
        warnings(html, analysis.warnings());
        html.close();
    }

    private static void inputs(HtmlWriter html, List<InputSummary> inputs) {
        HtmlTable table = HtmlTable.mixed(
                "Input files",
                List.of(
                        "file",
                        "format",
                        "ranks",
                        "GPUs",
                        "kernels",
                        "copies",
                        "ranges",
                        "labelled",
                        "API calls",
                        "clock offset",
                        "clock error",
                        "missing",
                        "fingerprint"),
                List.of(1, 2, 11, 12));
        for (InputSummary input : inputs) {
            table.row(
                    PlainText.clean(input.path()),
                    format(input),
                    InputText.ranks(input.ranks()),
                    "" + input.gpus(),
                    Units.whole(input.kernels()),
                    Units.whole(input.copies()),
                    Units.whole(input.ranges()),
                    Units.whole(input.labelledRanges()),
                    Units.whole(input.apiCalls()),
                    Units.time(input.clockOffsetNs()),
                    Units.time(input.clockErrorNs()),
                    input.missing().isEmpty()
                            ? "nothing"
                            : input.missing().stream().map(PlainText::clean).collect(Collectors.joining("; ")),
                    Identity.digest(input));
        }
        table.write(html);
    }

    private static String format(InputSummary input) {
        String producer = input.producer() == null ? "" : " by " + PlainText.clean(input.producer());
        String schema = input.schema() == null ? "" : ", schema " + PlainText.clean(input.schema());
        return PlainText.clean(input.format()) + producer + schema;
    }

    private static void warnings(HtmlWriter html, List<Warning> warnings) {
        if (warnings.isEmpty()) {
            html.element("p", "The import log is empty: nothing was dropped, nothing was odd.");
            return;
        }
        HtmlTable table = HtmlTable.mixed(
                "Import log", List.of("code", "severity", "count", "what it is", "what to do"), List.of(1, 3, 4));
        warnings.stream()
                .sorted(Comparator.comparing(Warning::severity, Comparator.<Severity>reverseOrder()))
                .forEach(warning -> table.row(
                        PlainText.clean(warning.code()),
                        warning.severity().key(),
                        Units.whole(warning.count()),
                        PlainText.clean(warning.text()),
                        PlainText.clean(warning.advice())));
        table.write(html);
    }
}
