package io.github.bubbletrace.simulation;

import io.github.bubbletrace.replay.Replay;
import io.github.bubbletrace.schedule.ScheduleGraph;

/**
 * One iteration that was played through.
 *
 * @param index number of the iteration
 * @param startNs what the replay's time 0 is on the run's clock
 * @param graph what was replayed
 * @param replay when each task ran
 */
public record SimulatedIteration(int index, long startNs, ScheduleGraph graph, Replay replay) {

    /** Start of {@code task} on the run's clock. */
    public long taskStartNs(int task) {
        return startNs + replay.taskStartNs(task);
    }

    /** End of {@code task} on the run's clock. */
    public long taskEndNs(int task) {
        return startNs + replay.taskEndNs(task);
    }

    /** Start of {@code block} on the run's clock. */
    public long blockStartNs(int block) {
        return startNs + replay.blockStartNs(block);
    }

    /** End of {@code block} on the run's clock. */
    public long blockEndNs(int block) {
        return startNs + replay.blockEndNs(block);
    }

    /** From the first task's start to the last task's end. */
    public long windowNs() {
        long first = Long.MAX_VALUE;
        for (int task = 0; task < graph.graph().tasks(); task++) {
            first = Math.min(first, replay.taskStartNs(task));
        }
        return replay.makespanNs() - first;
    }
}
