package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Boundary;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.DeviceTotals;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import java.util.List;

/** What the devices did between the windows: optimizer, data loading, gradient synchronisation. */
final class BoundaryTable {

    private BoundaryTable() {}

    /** Writes the table; nothing where there is no boundary. */
    static void write(HtmlWriter html, PipelineAnalysis pipeline) {
        List<DeviceTotals> devices = DeviceTotals.of(pipeline);
        long longestNs = devices.stream()
                .mapToLong(device -> device.boundary().totalNs())
                .max()
                .orElse(0);
        if (longestNs == 0) {
            return;
        }
        Units.Scale scale = Units.Scale.of(longestNs);
        HtmlTable table = HtmlTable.numbers(
                "Between the windows (not part of the bubble), " + scale.unit(),
                List.of("device", "compute", "communication", "idle"));
        for (DeviceTotals device : devices) {
            Boundary boundary = device.boundary();
            table.row(
                    PlainText.clean(device.device()),
                    scale.number(boundary.computeNs()),
                    scale.number(boundary.communicationNs()),
                    scale.number(boundary.idleNs()));
        }
        table.write(html);
    }
}
