package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.PairTransfers;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.List;

/** What the stages of a replica send each other, a row a pair. */
final class TransfersTable {

    private TransfersTable() {}

    static void write(HtmlWriter html, PipelineAnalysis pipeline) {
        List<PairTransfers> pairs = pipeline.transfers();
        if (pairs.isEmpty()) {
            return;
        }
        HtmlTable table = HtmlTable.mixed(
                "Transfers by pair, over the iterations that count",
                List.of("from", "to", "count", "median", "95th percentile", "total", "exposed", "exposed %", "times"),
                List.of(1, 8));
        for (PairTransfers pair : pairs) {
            table.row(
                    "stage " + pair.from(),
                    "stage " + pair.to(),
                    Units.whole(pair.count()),
                    Units.time(pair.medianNs()),
                    Units.time(pair.p95Ns()),
                    Units.time(pair.totalNs()),
                    Units.time(pair.exposedNs()),
                    Units.decimals(100.0 * pair.exposedNs() / Math.max(1, pair.totalNs()), 1),
                    times(pair));
        }
        table.write(html);
        html.element(
                "p",
                "A transfer lasts from when both sides were there until the data was. Exposed: the receiving"
                        + " device ran no compute kernel meanwhile. That time may still have another cause: the device may have waited for something else as well.",
                "class",
                "note");
    }

    private static String times(PairTransfers pair) {
        if (pair.estimated() == 0) {
            return "recorded";
        }
        return pair.estimated() == pair.count() ? "estimated" : Units.whole(pair.estimated()) + " estimated";
    }
}
