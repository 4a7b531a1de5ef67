package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.reports.figures.DeviceShares;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import java.util.List;

/** How busy every device was over the whole recording, pipeline or not. */
final class DevicesSection {

    private DevicesSection() {}

    static void write(HtmlWriter html, List<DeviceSummary> devices) {
        if (devices.isEmpty()) {
            return;
        }
        html.open("section", "aria-labelledby", "devices").element("h2", "Whole recording", "id", "devices");
        HtmlTable table = HtmlTable.numbers(
                "Devices from the first to the last activity of all inputs",
                List.of("device", "recording", "busy", "busy %", "only communication %", "nothing %"));
        for (DeviceSummary device : devices) {
            DeviceShares shares = DeviceShares.of(device);
            table.row(
                    PlainText.clean(device.device()),
                    Units.time(device.windowNs()),
                    Units.time(device.busyNs()),
                    Units.tenths(shares.busy()),
                    Units.tenths(shares.communication()),
                    Units.tenths(shares.idle()));
        }
        table.write(html);
        html.close();
    }
}
