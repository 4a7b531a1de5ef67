package io.github.bubbletrace.reports.whatif;

import io.github.bubbletrace.analysis.Advice;
import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.analysis.DeviceMemory;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/** What changes would make of the job: advice, the menu of changes, the best split of the model. */
public final class WhatIfSection {

    private WhatIfSection() {}

    /** Writes the section; nothing where {@code whatIf} is null. */
    public static void write(HtmlWriter html, WhatIfAnalysis whatIf) {
        if (whatIf == null) {
            return;
        }
        html.open("section", "aria-labelledby", "whatif").element("h2", "What would fix it", "id", "whatif");
        html.element(
                "p",
                "Replays of this trace with one change and everything else as recorded: upper bounds, not additive. "
                        + PlainText.clean(WhatIfTable.error(whatIf)),
                "class",
                "note");
        advice(html, whatIf.advice());
        changes(html, whatIf);
        memory(html, whatIf.memory());
        if (whatIf.layerSplit() != null) {
            html.element("p", LayerSplitText.of(whatIf.layerSplit()));
        }
        html.close();
    }

    private static void advice(HtmlWriter html, List<Advice> advice) {
        if (advice.isEmpty()) {
            return;
        }
        html.open("ol", "class", "findings");
        for (Advice item : advice) {
            html.open("li").open("p", "class", "headline");
            html.element("strong", Sentence.of(PlainText.clean(item.text())));
            html.element("span", ' ' + Sentence.of(replayed(item)), "class", "gain")
                    .close();
            line(html, "Why", item.reason());
            line(html, "Formula", item.formula());
            line(html, "Cost", item.cost());
            if (!item.note().isEmpty()) {
                line(html, "Replay", item.note());
            }
            html.close();
        }
        html.close();
    }

    /** What a replay said of an advice. */
    public static String replayed(Advice advice) {
        return "Replayed: " + Units.decimals(advice.speedUp(), 2) + " x the work per time, a step of "
                + Units.time(advice.stepNs()) + (Boolean.FALSE.equals(advice.fits()) ? "; exceeds the memory" : "");
    }

    private static void line(HtmlWriter html, String name, String text) {
        html.open("p").element("span", name + ": ", "class", "label");
        html.element("bdi", Sentence.of(PlainText.clean(text))).close();
    }

    private static void changes(HtmlWriter html, WhatIfAnalysis whatIf) {
        boolean hasMemory =
                whatIf.peakBytes() != null || whatIf.changes().stream().anyMatch(change -> change.peakBytes() != null);
        List<String> headings = new ArrayList<>(
                List.of("change", "what to do", "step", "gain", "work per time", "bubble", "activations held"));
        if (hasMemory) {
            headings.addAll(List.of("memory", "fits"));
        }
        HtmlTable table = HtmlTable.mixed("Changes beside the recorded run", headings, List.of(1));
        List<String> recorded = new ArrayList<>(List.of(
                "as recorded",
                "",
                Units.time(whatIf.recordedNs()),
                "",
                "1.00 x",
                Units.percent(whatIf.bubble()),
                most(whatIf.peakInFlight())));
        if (hasMemory) {
            recorded.addAll(List.of(Units.bytes(whatIf.peakBytes()), WhatIfTable.fits(whatIf.fits())));
        }
        table.row(recorded.toArray(String[]::new));
        whatIf.changes().forEach(change -> table.row(row(change, hasMemory)));
        table.write(html);
    }

    private static String[] row(ChangeOutcome change, boolean hasMemory) {
        boolean isShown = change.stepNs() != null;
        String todo = change.job() + (change.note().isEmpty() ? "" : " (" + change.note() + ')');
        List<String> cells = new ArrayList<>(List.of(
                PlainText.clean(change.change()),
                PlainText.clean(todo),
                isShown ? Units.time(change.stepNs()) : "withheld",
                isShown ? Units.time(change.gainNs()) : "",
                isShown ? Units.decimals(change.speedUp(), 2) + " x" : "",
                isShown ? Units.percent(change.bubble()) : "",
                most(change.peakInFlight())));
        if (hasMemory) {
            cells.addAll(List.of(Units.bytes(change.peakBytes()), WhatIfTable.fits(change.fits())));
        }
        return cells.toArray(String[]::new);
    }

    private static String most(List<Integer> peaks) {
        return Units.whole(peaks.stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    /** What the allocations of the trace say. */
    private static void memory(HtmlWriter html, List<DeviceMemory> devices) {
        if (devices.isEmpty()) {
            return;
        }
        HtmlTable table = HtmlTable.mixed(
                "Memory of devices, from the trace's allocations: the least held within the steps, and what a micro-batch in"
                        + " flight adds (the most less the least, over the most in flight)",
                List.of("device", "most held", "least within steps", "per micro-batch"),
                List.of(0));
        for (DeviceMemory device : devices) {
            table.row(
                    PlainText.clean(device.device()),
                    Units.bytes(device.peakBytes()),
                    device.baseBytes() == null ? "does not fall" : Units.bytes(device.baseBytes()),
                    device.activationBytes() == null ? "" : Units.bytes(device.activationBytes()));
        }
        table.write(html);
    }
}
