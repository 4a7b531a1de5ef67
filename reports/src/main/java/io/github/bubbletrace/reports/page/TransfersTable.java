package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.PairTransfers;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.markup.HtmlTable;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What the stages of a replica send each other, a row a pair. */
final class TransfersTable {

    private TransfersTable() {}

    static void write(HtmlWriter html, PipelineAnalysis pipeline) {
        List<PairTransfers> pairs = pipeline.transfers();
        if (pairs.isEmpty()) {
            return;
        }
        boolean isSized = pairs.stream().anyMatch(pair -> pair.sized() > 0);
        List<String> columns = new ArrayList<>(
                List.of("from", "to", "count", "median", "95th percentile", "total", "exposed", "exposed %"));
        if (isSized) {
            columns.addAll(List.of("size", "rate"));
        }
        columns.add("times");
        HtmlTable table = HtmlTable.mixed(
                "Transfers by pair, over the iterations that count", columns, List.of(1, columns.size() - 1));
        for (PairTransfers pair : pairs) {
            table.row(row(pair, isSized));
        }
        table.write(html);
        html.element(
                "p",
                "A transfer lasts from when both sides were there until the data was. Exposed: the receiving"
                        + " device ran no compute kernel meanwhile. That time may still have another cause: the device may have waited for something else as well."
                        + (isSized
                                ? " Size and rate are medians of the transfers of which the trace says how much they move."
                                : ""),
                "class",
                "note");
    }

    private static String[] row(PairTransfers pair, boolean isSized) {
        List<String> cells = new ArrayList<>(List.of(
                "stage " + pair.from(),
                "stage " + pair.to(),
                Units.whole(pair.count()),
                Units.time(pair.medianNs()),
                Units.time(pair.p95Ns()),
                Units.time(pair.totalNs()),
                Units.time(pair.exposedNs()),
                Units.decimals(100.0 * pair.exposedNs() / Math.max(1, pair.totalNs()), 1)));
        if (isSized) {
            cells.add(bytes(pair.medianBytes(), ""));
            cells.add(bytes(pair.medianBytesPerSecond(), "/s"));
        }
        cells.add(times(pair));
        return cells.toArray(new String[0]);
    }

    private static String bytes(OptionalLong bytes, String unit) {
        return bytes.isPresent() ? Units.bytes(bytes.getAsLong()) + unit : "unknown";
    }

    private static String times(PairTransfers pair) {
        if (pair.estimated() == 0) {
            return "recorded";
        }
        return pair.estimated() == pair.count() ? "estimated" : Units.whole(pair.estimated()) + " estimated";
    }
}
