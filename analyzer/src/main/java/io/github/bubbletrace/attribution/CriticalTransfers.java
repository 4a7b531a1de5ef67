package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.replay.Sweep;
import java.util.List;

/**
 * Transfers between places on the critical paths of recorded windows. What they take there bounds what freeing them can
 * save: the path is still there, only so much shorter, and a window is never shorter than any of its paths.
 */
public final class CriticalTransfers {

    private final int places;
    private final long[] ns;

    private CriticalTransfers(int places, long[] ns) {
        this.places = places;
        this.ns = ns;
    }

    /** Of the windows that can be replayed. */
    public static CriticalTransfers of(PipelineRun run, List<WindowRun> windows) {
        int places = run.places();
        long[] ns = new long[places * places];
        for (WindowRun window : windows) {
            if (window.isReplayable()) {
                addTo(ns, window, run);
            }
        }
        return new CriticalTransfers(places, ns);
    }

    private static void addTo(long[] ns, WindowRun window, PipelineRun run) {
        RecordedRun recorded = window.recorded();
        ReplayGraph graph = recorded.graph();
        long[] lags = recorded.recordedLagNs();
        long[] trueLags = recorded.trueLagNs();
        Sweep sweep = new Sweep(graph);
        sweep.play(window.durations().hulls(), lags, recorded.delayNs());
        for (int edge : sweep.criticalEdges(lags)) {
            int from = run.placeOf().get(window.window().device(graph.source(edge)));
            int to = run.placeOf().get(graph.deviceOf(graph.target(edge)));
            ns[from * run.places() + to] += trueLags[edge];
        }
    }

    /** Nanoseconds of transfers between two places, both ways: no less than what their being free would save. */
    public long ns(int a, int b) {
        return ns[a * places + b] + ns[b * places + a];
    }
}
