package io.github.bubbletrace.reports.verdict;

import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TransferSpans;
import io.github.bubbletrace.reports.text.Units;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pair of stages whose transfers take notably longer than those of the others.
 *
 * @param low the stage nearer to the first
 * @param high the other one
 * @param meanNs mean time of its transfers, both directions together
 */
record SlowLink(int low, int high, long meanNs) {

    /** Times the median link from which one stands out. */
    private static final double NOTABLE = 1.5;

    /** The slowest link, where there are several and it stands out. */
    static Optional<SlowLink> of(PipelineAnalysis pipeline) {
        Map<Integer, long[]> sums = new TreeMap<>();
        for (IterationAnalysis iteration : pipeline.iterations()) {
            if (!iteration.skipped() && iteration.transfers() != null) {
                add(sums, iteration, pipeline.stages());
            }
        }
        List<SlowLink> links = sums.entrySet().stream()
                .map(e -> new SlowLink(
                        e.getKey() / pipeline.stages(),
                        e.getKey() % pipeline.stages(),
                        e.getValue()[0] / e.getValue()[1]))
                .sorted(Comparator.comparingLong(SlowLink::meanNs))
                .toList();
        if (links.size() < 2) {
            return Optional.empty();
        }
        SlowLink slowest = links.get(links.size() - 1);
        long median = links.get((links.size() - 1) / 2).meanNs();
        return slowest.meanNs() > NOTABLE * median ? Optional.of(slowest) : Optional.empty();
    }

    private static void add(Map<Integer, long[]> sums, IterationAnalysis iteration, int stages) {
        TransferSpans spans = iteration.transfers();
        for (int i = 0; i < spans.size(); i++) {
            int from = iteration.devices().get(spans.sourceDevice(i)).stage();
            int to = iteration.devices().get(spans.targetDevice(i)).stage();
            int key = Math.min(from, to) * stages + Math.max(from, to);
            long[] sum = sums.computeIfAbsent(key, k -> new long[2]);
            sum[0] += spans.endNs(i) - spans.startNs(i);
            sum[1]++;
        }
    }

    /** The link as the end of a sentence. */
    String name() {
        return "the link between stages " + low + " and " + high;
    }

    /** As the end of a sentence. */
    String text() {
        return "those between stages " + low + " and " + high + " take " + Units.time(meanNs) + " on average";
    }
}
