package io.github.bubbletrace.pipeline.iteration;

import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts one device's tasks where micro-batch numbers start again: where an action runs a second time, and already where,
 * with nothing in flight on the device, a forward has a lower number than one before. The second tells the rest of an
 * iteration that began before the capture from the first whole one.
 */
final class Restarts {

    private final List<PlacedTask> tasks;

    private Restarts(List<PlacedTask> tasks) {
        this.tasks = tasks;
    }

    /** The iteration of each task of one device in its order, counted from 0. */
    static int[] number(List<PlacedTask> tasks) {
        return new Restarts(tasks).number();
    }

    private int[] number() {
        boolean[] drained = drained();
        Set<Action> seen = new HashSet<>();
        int highest = -1;
        int current = 0;
        int[] number = new int[tasks.size()];
        for (int t = 0; t < number.length; t++) {
            Action action = tasks.get(t).action();
            boolean lower = drained[t] && action.phase().isForward() && action.microBatch() < highest;
            if (lower || seen.contains(action)) {
                seen.clear();
                highest = -1;
                current++;
            }
            seen.add(action);
            highest = Math.max(highest, action.microBatch());
            number[t] = current;
        }
        return number;
    }

    /** Where nothing is in flight before a task; never in a run without backwards. */
    private boolean[] drained() {
        int[] inFlight = new int[tasks.size()];
        int count = 0;
        int least = 0;
        boolean backward = false;
        for (int t = 0; t < inFlight.length; t++) {
            inFlight[t] = count;
            Phase phase = tasks.get(t).action().phase();
            count += phase.isForward() ? 1 : phase == Phase.B ? -1 : 0;
            backward |= phase == Phase.B;
            least = Math.min(least, count);
        }
        boolean[] drained = new boolean[inFlight.length];
        for (int t = 0; t < drained.length; t++) {
            drained[t] = backward && inFlight[t] == least;
        }
        return drained;
    }
}
