package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.ScheduleText;
import io.github.bubbletrace.reports.text.Units;

/** Which replica the picture files show, and what stands above them. */
public final class PictureFacts {

    private PictureFacts() {}

    /** Whether there is an iteration to draw. */
    public static boolean hasPicture(Analysis analysis) {
        return !analysis.pipelines().isEmpty()
                && !Windows.counted(subject(analysis)).isEmpty();
    }

    /** The replica with the longest median window. */
    static PipelineAnalysis subject(Analysis analysis) {
        return Windows.slowest(analysis.pipelines());
    }

    /** {@code 38.5 % bubble: 1f1b, 4 stages, 8 micro-batches}. */
    static String title(Analysis analysis) {
        PipelineAnalysis subject = subject(analysis);
        int replicas = analysis.pipelines().size();
        String which = replicas == 1 ? "" : " (replica " + subject.replica() + ", the slowest of " + replicas + ')';
        return Units.percent(subject.totals().bubble()) + " bubble: " + ScheduleText.shape(subject) + which;
    }

    /** Which iteration the picture of the median iteration shows, and how to read its rows. */
    static String subtitle(PictureContent content) {
        String iteration = "Iteration " + content.iteration().index() + ", of median length: "
                + Units.time(content.iteration().windowNs()) + ". Wide rows: as recorded.";
        return content.hasIdeal()
                ? iteration + " Thin rows: the same order without imbalance, jitter, transfers and delays."
                : iteration;
    }
}
