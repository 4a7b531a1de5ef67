package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.trace.IntervalSet;

/** A recorded window as a {@link Step}. */
final class RecordedStep {

    private RecordedStep() {}

    /** The step of {@code windowRun}, which must be replayable. */
    static Step of(PipelineRun run, WindowRun windowRun) {
        Window window = windowRun.window();
        RecordedRun recorded = windowRun.recorded();
        ReplayGraph graph = recorded.graph();
        StepBuilder step = new StepBuilder(window.index(), graph);
        tasks(windowRun, step);
        long[] recordedNs = recorded.recordedLagNs();
        long[] trueNs = recorded.trueLagNs();
        for (int e = 0; e < recordedNs.length; e++) {
            step.edge(e, recorded.target(e), trueNs[e], recordedNs[e] - trueNs[e], recorded.lateDevice(e));
        }
        step.otherBusy(blocks(run, windowRun, step));
        return step.build();
    }

    private static void tasks(WindowRun windowRun, StepBuilder step) {
        Durations durations = windowRun.durations();
        long[] own = durations.own();
        long[] hulls = durations.hulls();
        for (int task = 0; task < own.length; task++) {
            step.task(task, windowRun.window().action(task), own[task], hulls[task] - own[task]);
            step.factors(task, durations.factor(task), durations.meanFactor(task), size(durations, task));
        }
    }

    private static double size(Durations durations, int task) {
        return durations.meanSizeNs(task) > 0 ? durations.sizeNs(task) / durations.meanSizeNs(task) : 1;
    }

    /** Sets delays and busy times; returns what the devices computed outside of blocks. */
    private static long blocks(PipelineRun run, WindowRun windowRun, StepBuilder step) {
        Window window = windowRun.window();
        Blocks blocks = windowRun.blocks();
        long[] delays = windowRun.recorded().delayNs();
        long other = 0;
        for (int device = 0; device < run.devices().size(); device++) {
            other += compute(run, device).coveredNs(window.windowStartNs(), window.windowEndNs());
        }
        for (int block = 0; block < blocks.size(); block++) {
            long busy = compute(run, window.device(blocks.firstTask(block)))
                    .coveredNs(blocks.startNs(block), blocks.endNs(block));
            step.block(block, delays[block], busy);
            other -= busy;
        }
        return other;
    }

    private static IntervalSet compute(PipelineRun run, int device) {
        return run.devices().get(device).activity().compute();
    }
}
