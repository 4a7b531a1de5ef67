package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.replay.Sweep;
import java.util.List;

/** Replays recorded windows with one thing changed and everything else as recorded. */
public final class WhatIf {

    private WhatIf() {}

    /** Sum of the lengths of the windows that can be replayed, in nanoseconds, as recorded. */
    public static long recordedNs(List<WindowRun> windows) {
        return windows.stream()
                .filter(WindowRun::isReplayable)
                .mapToLong(window -> window.window().lengthNs())
                .sum();
    }

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
        long[] changed = durations.hulls();
        View view = new View(run, durations);
        for (int task = 0; task < changed.length; task++) {
            view.task = task;
            changed[task] = change.durationNs(view);
        }
        long[] lags = run.recorded().recordedLagNs();
        long[] trueLags = run.recorded().trueLagNs();
        for (int e = 0; e < lags.length; e++) {
            int sender = run.window().device(graph.source(e));
            int receiver = graph.deviceOf(graph.target(e));
            if (sender != receiver) {
                lags[e] = change.transferNs(
                        sender,
                        receiver,
                        trueLags[e],
                        lags[e] - trueLags[e],
                        run.recorded().lateDevice(e));
            }
        }
        long[] delays = run.recorded().delayNs();
        for (int block = 0; block < delays.length; block++) {
            delays[block] = change.delayNs(graph.deviceOf(block), delays[block]);
        }
        Sweep sweep = new Sweep(graph);
        sweep.play(changed, lags, delays);
        return sweep.makespanNs();
    }

    /** One task after another. */
    private static final class View implements Change.TaskView {

        private final Window window;
        private final Durations durations;
        private final long[] hullNs;
        private final long[] ownNs;
        private int task;

        View(WindowRun run, Durations durations) {
            window = run.window();
            this.durations = durations;
            hullNs = durations.hulls();
            ownNs = durations.own();
        }

        @Override
        public long hullNs() {
            return hullNs[task];
        }

        @Override
        public long ownNs() {
            return ownNs[task];
        }

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
            return window.device(task);
        }
    }
}
