package io.github.bubbletrace.reports.figures;

import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.Comparator;
import java.util.List;

/** The windows of a pipeline as a sample: which count, their median and 95th percentile. */
public final class Windows {

    private Windows() {}

    /** The iterations that are not skipped, in time order. */
    public static List<IterationAnalysis> counted(PipelineAnalysis pipeline) {
        return pipeline.iterations().stream()
                .filter(iteration -> !iteration.skipped())
                .toList();
    }

    /** The iteration of median window (the shorter one of the middle two); null where none counts. */
    public static IterationAnalysis median(PipelineAnalysis pipeline) {
        return quantile(pipeline, 0.5);
    }

    /** Median window in nanoseconds; 0 where no iteration counts. */
    public static long medianNs(PipelineAnalysis pipeline) {
        return windowNs(quantile(pipeline, 0.5));
    }

    /** 95th percentile of the windows by nearest rank, in nanoseconds; 0 where no iteration counts. */
    public static long p95Ns(PipelineAnalysis pipeline) {
        return windowNs(quantile(pipeline, 0.95));
    }

    /** The pipeline with the longest median window. */
    public static PipelineAnalysis slowest(List<PipelineAnalysis> pipelines) {
        return pipelines.stream()
                .sorted(Comparator.comparingInt(PipelineAnalysis::replica))
                .reduce((a, b) -> medianNs(b) > medianNs(a) ? b : a)
                .orElseThrow();
    }

    private static IterationAnalysis quantile(PipelineAnalysis pipeline, double share) {
        List<IterationAnalysis> sorted = counted(pipeline).stream()
                .sorted(Comparator.comparingLong(IterationAnalysis::windowNs))
                .toList();
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static long windowNs(IterationAnalysis iteration) {
        return iteration == null ? 0 : iteration.windowNs();
    }
}
