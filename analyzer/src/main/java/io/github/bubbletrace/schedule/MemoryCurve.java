package io.github.bubbletrace.schedule;

import io.github.bubbletrace.replay.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many chunk activations a device holds at which time of a replayed schedule, by the rules of {@link PeakInFlight}. */
public final class MemoryCurve {

    /**
     * From a moment on.
     *
     * @param timeNs the moment, since the run's start
     * @param held chunk activations held from then on
     */
    public record Step(long timeNs, int held) {}

    private MemoryCurve() {}

    /** The steps of {@code device}, first to come first; a moment at which as many are freed as taken is none. */
    static List<Step> of(ScheduleGraph graph, Replay replay, int device) {
        Map<Long, Integer> changes = new TreeMap<>();
        for (int task = 0; task < graph.graph().tasks(); task++) {
            if (graph.graph().deviceOf(graph.graph().blockOf(task)) == device) {
                Action action = graph.action(task);
                if (action.phase().isForward()) {
                    changes.merge(replay.taskStartNs(task), 1, Integer::sum);
                }
                if (isRelease(action, graph.schedule())) {
                    changes.merge(replay.taskEndNs(task), -1, Integer::sum);
                }
            }
        }
        List<Step> steps = new ArrayList<>();
        int held = 0;
        for (Map.Entry<Long, Integer> change : changes.entrySet()) {
            held += change.getValue();
            if (change.getValue() != 0) {
                steps.add(new Step(change.getKey(), held));
            }
        }
        return steps;
    }

    private static boolean isRelease(Action action, Schedule schedule) {
        return switch (action.phase()) {
            case W -> true;
            case B -> !schedule.isSplit(action);
            case F -> !schedule.contains(new Action(Phase.B, action.chunk(), action.microBatch()));
            case P, D, V, S -> true;
            case R -> false;
        };
    }
}
