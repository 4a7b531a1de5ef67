package io.github.bubbletrace.reports.verdict;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;

/** The result in a few sentences: number, cause and place. */
public final class Verdict {

    private Verdict() {}

    /** The verdict on the whole analysis; with several replicas, on the slowest one. */
    public static List<String> sentences(Analysis analysis) {
        if (analysis.pipelines().isEmpty()) {
            return NoPipelineVerdict.sentences(analysis);
        }
        PipelineAnalysis slowest = Windows.slowest(analysis.pipelines());
        List<String> sentences = new ArrayList<>();
        if (analysis.pipelines().size() > 1) {
            sentences.add(replicas(analysis, slowest));
            ReplicaWaitText.sentence(analysis.pipelines()).ifPresent(sentences::add);
        }
        sentences.addAll(sentences(slowest));
        return sentences;
    }

    /** The verdict on one replica. */
    public static List<String> sentences(PipelineAnalysis pipeline) {
        return PipelineVerdict.sentences(pipeline);
    }

    /** {@link #sentences(Analysis)} as one paragraph. */
    public static String text(Analysis analysis) {
        return String.join(" ", sentences(analysis));
    }

    private static String replicas(Analysis analysis, PipelineAnalysis slowest) {
        return "Of " + analysis.pipelines().size() + " replicas, replica " + slowest.replica()
                + " has the longest median window (" + Units.time(Windows.medianNs(slowest))
                + "); this is its verdict.";
    }
}
