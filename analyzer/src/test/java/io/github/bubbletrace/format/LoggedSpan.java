package io.github.bubbletrace.format;

import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import io.github.bubbletrace.simulation.SimulatedIteration;
import io.github.bubbletrace.simulation.Simulation;
import io.github.bubbletrace.simulation.SimulationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One span of a simulated run, as a team's own timers would log it. */
record LoggedSpan(int rank, int stage, int lane, int step, String name, int microBatch, long startNs, long endNs) {

    private static final int STAGES = 4;
    private static final long TRANSFER_NS = 50_000;

    /** A 1F1B run with a slow stage, {@code lanes} tensor-parallel ranks a stage; transfers name no micro-batch. */
    static List<LoggedSpan> run(int lanes, long seed) {
        Simulation run = Simulation.run(SimulationSpec.builder(
                        ScheduleKind.ONE_F_ONE_B,
                        new Shape(STAGES, 1, 6),
                        new TaskTimes(10_000_000, 20_000_000, OptionalLong.empty()))
                .iterations(3)
                .jitter(0.05)
                .transfer(TRANSFER_NS)
                .imbalance(3, 1.4)
                .seed(seed)
                .build());
        List<LoggedSpan> spans = new ArrayList<>();
        for (SimulatedIteration iteration : run.iterations()) {
            for (int task = 0; task < iteration.graph().graph().tasks(); task++) {
                for (int lane = 0; lane < lanes; lane++) {
                    add(spans, iteration, task, lane, lanes);
                }
            }
        }
        return spans;
    }

    private static void add(List<LoggedSpan> spans, SimulatedIteration iteration, int task, int lane, int lanes) {
        Action action = iteration.graph().action(task);
        int stage = action.chunk();
        boolean forward = action.phase() == Phase.F;
        String phase = forward ? "forward" : "backward";
        long start = iteration.taskStartNs(task);
        long end = iteration.taskEndNs(task);
        int rank = stage * lanes + lane;
        int step = iteration.index();
        spans.add(new LoggedSpan(rank, stage, lane, step, phase + "-compute", action.microBatch(), start, end));
        if (stage != (forward ? 0 : STAGES - 1)) {
            spans.add(new LoggedSpan(rank, stage, lane, step, phase + "-recv", -1, start - TRANSFER_NS, start));
        }
        if (stage != (forward ? STAGES - 1 : 0)) {
            spans.add(new LoggedSpan(rank, stage, lane, step, phase + "-send", -1, end, end + TRANSFER_NS));
        }
    }
}
