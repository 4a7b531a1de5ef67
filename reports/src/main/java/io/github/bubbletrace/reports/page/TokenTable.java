package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.TokenIntervals;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/** How long a sequence waits for its next token in a decode loop, and what that time consists of on each device. */
final class TokenTable {

    private final List<TokenIntervals> devices;
    private final int inFlight;
    private final List<Cause> causes;
    private final Units.Scale scale;

    private TokenTable(List<TokenIntervals> devices, int inFlight) {
        this.devices = devices;
        this.inFlight = inFlight;
        this.causes = List.of(Cause.values()).stream()
                .filter(cause ->
                        devices.stream().anyMatch(device -> device.idleNs().containsKey(cause)))
                .toList();
        this.scale = Units.Scale.of(devices.stream()
                .mapToLong(device -> inFlight * device.each(device.totalNs()))
                .max()
                .orElse(0));
    }

    /** Writes the table; nothing where the pipeline is no decode loop or no device has two passes. */
    static void write(HtmlWriter html, PipelineAnalysis pipeline) {
        List<TokenIntervals> devices = TokenIntervals.of(pipeline);
        if (pipeline.inFlight() != null && !devices.isEmpty()) {
            new TokenTable(devices, pipeline.inFlight()).table().write(html);
        }
    }

    private HtmlTable table() {
        HtmlTable table = HtmlTable.numbers(
                "A sequence's next token: " + inFlight + " times the mean interval between passes, and the interval's"
                        + " parts, " + scale.unit(),
                headings());
        devices.forEach(device -> table.row(row(device).toArray(String[]::new)));
        return table;
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("device", "stage", "token interval", "pass interval", "busy"));
        causes.forEach(cause -> headings.add(CauseText.column(cause)));
        return headings;
    }

    private List<String> row(TokenIntervals device) {
        long passNs = device.each(device.totalNs());
        List<String> cells = new ArrayList<>(List.of(
                PlainText.clean(device.device()),
                "" + device.stage(),
                scale.number(inFlight * passNs),
                scale.number(passNs),
                scale.number(device.each(device.busyNs()))));
        causes.forEach(
                cause -> cells.add(scale.number(device.each(device.idleNs().getOrDefault(cause, 0L)))));
        return cells;
    }
}
