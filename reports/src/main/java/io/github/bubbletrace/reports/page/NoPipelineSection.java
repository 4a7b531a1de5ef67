package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceSummary;
import io.github.bubbletrace.reports.figures.DeviceShares;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.verdict.Verdict;
import java.util.List;

/** The first screen where no pipeline was found: the verdict that abstains, and a bar per device. */
final class NoPipelineSection {

    private static final int WIDTH = 1000;
    private static final int GUTTER = 160;
    private static final int LANE = 30;
    private static final int BAR = 20;
    private static final int MAX_BARS = 64;

    private NoPipelineSection() {}

    static void write(HtmlWriter html, Analysis analysis) {
        FirstScreen.verdict(html, Verdict.text(analysis));
        FirstScreen.actions(html);
        if (!analysis.devices().isEmpty()) {
            html.open("section", "aria-labelledby", "busy").element("h2", "How busy each device was", "id", "busy");
            bars(html, analysis.devices().stream().limit(MAX_BARS).toList());
            legend(html);
            html.close();
        }
        if (!analysis.findings().isEmpty()) {
            FindingsSection.write(html, analysis);
        }
    }

    private static void bars(HtmlWriter html, List<DeviceSummary> devices) {
        String size = "0 0 " + (GUTTER + WIDTH) + ' ' + (devices.size() * LANE);
        html.open("svg", "class", "bars", "viewBox", size, "role", "img", "aria-labelledby", "bars-t bars-d");
        html.element("title", "Busy share of each device", "id", "bars-t");
        html.element("desc", "The table of devices below holds the same numbers.", "id", "bars-d");
        for (int i = 0; i < devices.size(); i++) {
            bar(html, devices.get(i), i * LANE);
        }
        html.close();
    }

    private static void bar(HtmlWriter html, DeviceSummary device, int y) {
        DeviceShares shares = DeviceShares.of(device);
        String name = PlainText.clean(device.device(), 20);
        html.element("text", name, "x", "" + (GUTTER - 10), "y", "" + (y + 15), "class", "end lane");
        int x = part(html, GUTTER, y, shares.busy(), "busy");
        x = part(html, x, y, shares.communication(), "c-p2p");
        part(html, x, y, shares.idle(), "c-fill");
    }

    private static int part(HtmlWriter html, int x, int y, int tenths, String css) {
        if (tenths > 0) {
            html.empty(
                    "rect", "x", "" + x, "y", "" + y, "width", "" + tenths, "height", "" + BAR, "class", css + " edge");
        }
        return x + tenths;
    }

    private static void legend(HtmlWriter html) {
        html.open("ul", "class", "legend");
        item(html, "busy", "compute runs");
        item(html, "c-p2p", "only communication runs");
        item(html, "c-fill", "nothing runs");
        html.close();
    }

    private static void item(HtmlWriter html, String css, String text) {
        html.open("li");
        Patterns.swatch(html, css);
        html.text(text).close();
    }
}
