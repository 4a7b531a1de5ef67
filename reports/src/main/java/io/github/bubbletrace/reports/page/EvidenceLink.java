package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.timeline.Lane;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the timeline shows what a finding is about, as an address within the page. */
final class EvidenceLink {

    /** What to search for, by the finding's id. */
    private static final Map<String, String> SEARCH = Map.of(
            "slow-stage", "imbalance",
            "slow-device", "imbalance",
            "slow-transfers", "transfers",
            "late-host", "late launches",
            "stragglers", "jitter",
            "uneven-micro-batches", "jitter",
            "starvation", "starvation",
            "data-quality", "unresolved");

    private final PipelineAnalysis pipeline;
    private final Map<String, Object> evidence;
    private final StringBuilder address = new StringBuilder("#t=");

    private EvidenceLink(PipelineAnalysis pipeline, Map<String, Object> evidence) {
        this.pipeline = pipeline;
        this.evidence = evidence;
    }

    /** The address for {@code finding}; empty where no iteration can be shown. */
    static Optional<String> of(Finding finding, Analysis analysis) {
        if (analysis.pipelines().isEmpty()) {
            return Optional.empty();
        }
        PipelineAnalysis slowest = Windows.slowest(analysis.pipelines());
        Map<String, Object> evidence = finding.evidence() == null ? Map.of() : finding.evidence();
        EvidenceLink link = new EvidenceLink(slowest, evidence);
        return link.window().map(window -> link.write(window, finding.id(), Lane.of(analysis.pipelines())));
    }

    private String write(IterationAnalysis window, String id, List<Lane> lanes) {
        if (evidence.get("startNs") instanceof Long startNs && evidence.get("excessNs") instanceof Long excessNs) {
            range(startNs - 2 * excessNs, startNs + 6 * excessNs);
        } else {
            long marginNs = Math.max(1, window.windowNs() / 50);
            range(window.startNs() - marginNs, window.endNs() + marginNs);
        }
        for (int lane = 0; lane < lanes.size(); lane++) {
            if (lanes.get(lane).device().equals(evidence.get("device"))) {
                address.append("&lane=").append(lane);
            }
        }
        String search = SEARCH.get(id);
        return (search == null ? address : address.append("&q=").append(search.replace(" ", "%20"))).toString();
    }

    private void range(long fromNs, long toNs) {
        address.append(Math.max(0, fromNs)).append(',').append(toNs);
    }

    /** The iteration that the evidence names, else the median one. */
    private Optional<IterationAnalysis> window() {
        return pipeline.iterations().stream()
                .filter(iteration -> Integer.valueOf(iteration.index()).equals(evidence.get("iteration")))
                .findFirst()
                .or(() -> Optional.ofNullable(Windows.median(pipeline)));
    }
}
