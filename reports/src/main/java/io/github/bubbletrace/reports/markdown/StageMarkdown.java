package io.github.bubbletrace.reports.markdown;

import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.figures.DeviceTotals;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.MarkdownText;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/** The table of stages in Markdown: busy share and every cause that occurs. */
final class StageMarkdown {

    private StageMarkdown() {}

    /** Heading, rule and a line per device. */
    static List<String> lines(List<DeviceTotals> devices) {
        List<Cause> causes = Budget.of(0, DeviceTotals.idle(devices)).present();
        List<String> heading = new ArrayList<>(List.of("stage", "device", "busy"));
        causes.forEach(cause -> heading.add(CauseText.column(cause)));
        List<String> lines = new ArrayList<>();
        lines.add(row(heading));
        lines.add("|--:|---|--:|" + "--:|".repeat(causes.size()));
        devices.forEach(device -> lines.add(row(cells(device, causes))));
        return lines;
    }

    private static List<String> cells(DeviceTotals device, List<Cause> causes) {
        Budget budget = Budget.of(device.busyNs(), device.idleNs());
        List<String> cells = new ArrayList<>(List.of(
                "" + device.stage(),
                MarkdownText.escape(device.device(), 60),
                "**" + Units.tenths(budget.busyTenths()) + "**"));
        causes.forEach(cause -> cells.add(budget.idleNs(cause) == 0 ? "" : Units.tenths(budget.tenths(cause))));
        return cells;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
