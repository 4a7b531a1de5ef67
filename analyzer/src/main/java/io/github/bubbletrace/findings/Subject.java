package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.attribution.Change;
import io.github.bubbletrace.attribution.WhatIf;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.pipeline.PipelineRun;
import java.util.List;

/**
 * What the rules look at: one replica.
 *
 * @param run the pipeline
 * @param windows its windows that are not skipped
 * @param analysis its document entry, findings apart
 */
record Subject(PipelineRun run, List<WindowRun> windows, PipelineAnalysis analysis) {

    /** The recorded windows' lengths, summed over those that can be replayed. */
    long recordedNs() {
        return windows.stream()
                .filter(WindowRun::isReplayable)
                .mapToLong(w -> w.window().lengthNs())
                .sum();
    }

    /** Share of the recorded time that {@code change} alone would save; may be negative. */
    double gain(Change change) {
        long recorded = recordedNs();
        return recorded == 0 ? 0 : 1 - (double) WhatIf.makespanNs(windows, change) / recorded;
    }

    /** {@code gain} as mean nanoseconds per iteration. */
    long gainNs(double gain) {
        long replayable = windows.stream().filter(WindowRun::isReplayable).count();
        return replayable == 0 ? 0 : Math.round(gain * recordedNs() / replayable);
    }

    /** High from a tenth of the step, medium from 3 %, low from 1 %, else info. */
    static Severity severity(double gain) {
        if (gain >= 0.10) {
            return Severity.HIGH;
        }
        if (gain >= 0.03) {
            return Severity.MEDIUM;
        }
        return gain >= 0.01 ? Severity.LOW : Severity.INFO;
    }

    /** A share as a percentage with one decimal. */
    static String percent(double share) {
        return String.format(java.util.Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** How a sentence names this replica: nothing where there is but one. */
    String inReplica() {
        return analysis.replica() == 0 ? "" : " of replica " + analysis.replica();
    }
}
