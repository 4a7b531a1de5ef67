package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.attribution.Change;
import io.github.bubbletrace.attribution.WhatIf;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.pipeline.PipelineRun;
import java.util.List;
import java.util.Locale;

/**
 * What the rules look at: one replica, and the others beside it.
 *
 * @param run the pipeline
 * @param windows its windows that are not skipped
 * @param analysis its document entry
 * @param replicas the document entries of all replicas, this one among them
 */
record Subject(PipelineRun run, List<WindowRun> windows, PipelineAnalysis analysis, List<PipelineAnalysis> replicas) {

    /** Gains below this are not worth a word. */
    static final double NOTICEABLE = 0.001;

    /** The recorded windows' lengths, summed over those that can be replayed. */
    long recordedNs() {
        return WhatIf.recordedNs(windows);
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

    /** Idle time under {@code cause} over all device time. */
    double share(Cause cause) {
        double deviceTime =
                (double) analysis.totals().windowNs() * run.devices().size();
        return deviceTime == 0 ? 0 : analysis.totals().idleNs().get(cause) / deviceTime;
    }

    /** High from a tenth of the step, medium from 3 %, low from 1 %, else info. */
    static Severity severity(double gain) {
        return severity(gain, 0.01, 0.03, 0.10);
    }

    /** Severity by three thresholds. */
    static Severity severity(double value, double low, double medium, double high) {
        if (value >= high) {
            return Severity.HIGH;
        }
        if (value >= medium) {
            return Severity.MEDIUM;
        }
        return value >= low ? Severity.LOW : Severity.INFO;
    }

    /** A share as a percentage with one decimal. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** How a sentence names this replica: nothing where there is but one. */
    String inReplica() {
        return replicas.size() == 1 ? "" : " of replica " + analysis.replica();
    }
}
