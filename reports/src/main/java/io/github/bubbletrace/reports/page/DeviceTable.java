package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.figures.DeviceTotals;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlTable.Cell;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/** Busy and idle time of every device of a replica, summed over the iterations that count. */
final class DeviceTable {

    private final List<DeviceTotals> devices;
    private final List<Cause> causes;
    private final Units.Scale scale;

    private DeviceTable(List<DeviceTotals> devices) {
        this.devices = devices;
        this.causes = Budget.of(0, DeviceTotals.idle(devices)).present();
        this.scale = Units.Scale.of(
                devices.stream().mapToLong(DeviceTotals::windowNs).max().orElse(0));
    }

    static void write(HtmlWriter html, PipelineAnalysis pipeline) {
        new DeviceTable(DeviceTotals.of(pipeline)).table().write(html);
    }

    private HtmlTable table() {
        HtmlTable table = HtmlTable.numbers(
                "Devices: time in the windows, " + scale.unit() + " and % of the windows", headings());
        devices.forEach(device -> table.row(row(device)));
        return table;
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("device", "stage", "windows", "busy"));
        causes.forEach(cause -> headings.add(CauseText.column(cause)));
        headings.addAll(List.of("in no task", "own lateness", "peak in flight"));
        return headings;
    }

    private List<Cell> row(DeviceTotals device) {
        Budget budget = Budget.of(device.busyNs(), device.idleNs());
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(PlainText.clean(device.device())));
        cells.add(Cell.of("" + device.stage()));
        cells.add(Cell.of(scale.number(device.windowNs())));
        cells.add(time(device.busyNs(), budget.busyTenths()));
        causes.forEach(cause -> cells.add(time(budget.idleNs(cause), budget.tenths(cause))));
        cells.add(Cell.of(scale.number(device.otherBusyNs())));
        cells.add(Cell.of(scale.number(device.ownLatenessNs())));
        cells.add(Cell.of("" + device.peakInFlight()));
        return cells;
    }

    private Cell time(long ns, int tenths) {
        return ns == 0 ? new Cell("0", "\u00a0") : new Cell(scale.number(ns), Units.tenths(tenths) + " %");
    }
}
