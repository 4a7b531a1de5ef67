package io.github.bubbletrace.attribution;

import io.github.bubbletrace.replay.Replay;
import io.github.bubbletrace.replay.ReplayGraph;
import java.util.Arrays;
import java.util.List;

/** Replays recorded windows with one thing changed and everything else as recorded. */
public final class WhatIf {

    private WhatIf() {}

    /** Sum of the makespans of the windows that can be replayed, in nanoseconds, with {@code change}. */
    public static long makespanNs(List<WindowRun> windows, Change change) {
        return windows.stream()
                .filter(WindowRun::isReplayable)
                .mapToLong(window -> makespanNs(window, change))
                .sum();
    }

    private static long makespanNs(WindowRun run, Change change) {
        Durations durations = run.durations();
        ReplayGraph graph = run.recorded().graph();
        long[] hulls = durations.hulls();
        long[] own = durations.own();
        long[] changed = new long[hulls.length];
        Arrays.setAll(changed, task -> change.durationNs(new View(run, durations, task, hulls[task], own[task])));
        long[] lags = run.recorded().recordedLagNs();
        long[] trueLags = run.recorded().trueLagNs();
        for (int e = 0; e < lags.length; e++) {
            int sender = run.window().device(graph.source(e));
            int receiver = graph.deviceOf(graph.target(e));
            if (sender != receiver) {
                int late = run.recorded().isSenderLate(e) ? sender : receiver;
                lags[e] = change.transferNs(sender, receiver, trueLags[e], lags[e] - trueLags[e], late);
            }
        }
        long[] delays = run.recorded().delayNs();
        Arrays.setAll(delays, block -> change.delayNs(graph.deviceOf(block), delays[block]));
        return Replay.of(graph, changed, lags, delays).makespanNs();
    }

    private record View(WindowRun run, Durations durations, int task, long hullNs, long ownNs)
            implements Change.TaskView {

        @Override
        public double sizeNs() {
            return durations.sizeNs(task);
        }

        @Override
        public double meanSizeNs() {
            return durations.meanSizeNs(task);
        }

        @Override
        public double factor() {
            return durations.factor(task);
        }

        @Override
        public double meanFactor() {
            return durations.meanFactor(task);
        }

        @Override
        public int device() {
            return run.window().device(task);
        }
    }
}
