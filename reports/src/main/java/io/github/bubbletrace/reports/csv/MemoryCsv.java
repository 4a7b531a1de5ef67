package io.github.bubbletrace.reports.csv;

import io.github.bubbletrace.schedule.MemoryCurve;
import java.util.ArrayList;
import java.util.List;

/** What each device holds when, as lines of CSV: {@code device,timeNs,held}. */
public final class MemoryCsv {

    private MemoryCsv() {}

    /** The lines, headings first. */
    public static List<String> lines(List<List<MemoryCurve.Step>> curves) {
        List<String> lines = new ArrayList<>();
        lines.add("device,timeNs,held");
        for (int device = 0; device < curves.size(); device++) {
            for (MemoryCurve.Step step : curves.get(device)) {
                lines.add(device + "," + step.timeNs() + "," + step.held());
            }
        }
        return lines;
    }
}
