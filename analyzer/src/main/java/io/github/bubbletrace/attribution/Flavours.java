package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.HashSet;
import java.util.Set;

/**
 * What kind of work the tasks of a window are, so that only like is compared with like. A schedule may split some of its
 * backwards and not others, and run some forwards side by side with a backward and others alone (DualPipe does both): these
 * take different times without any being early or late.
 */
final class Flavours {

    private static final int SPLIT = 1;
    private static final int BESIDE = 2;

    private final int[] ofTask;

    Flavours(Window window) {
        ofTask = new int[window.tasks()];
        Set<Action> weights = new HashSet<>();
        for (int task = 0; task < ofTask.length; task++) {
            if (window.phase(task) == Phase.W) {
                weights.add(window.action(task));
            }
        }
        for (int task = 0; task < ofTask.length; task++) {
            Action action = window.action(task);
            boolean split = !weights.isEmpty()
                    && action.phase() == Phase.B
                    && weights.contains(new Action(Phase.W, action.chunk(), action.microBatch()));
            boolean beside = overlaps(window, task - 1, task) || overlaps(window, task, task + 1);
            ofTask[task] = 4 * action.phase().ordinal() + (split ? SPLIT : 0) + (beside ? BESIDE : 0);
        }
    }

    /**
     * A number for a task's phase, whether it is a backward whose weight gradient is a task of its own, and whether it runs
     * side by side with another task of its device for most of the shorter one's time.
     */
    int of(int task) {
        return ofTask[task];
    }

    private static boolean overlaps(Window window, int first, int second) {
        if (first < 0 || second >= window.tasks() || window.device(first) != window.device(second)) {
            return false;
        }
        long shared = Math.min(window.endNs(first), window.endNs(second)) - window.startNs(second);
        long shorter =
                Math.min(window.endNs(first) - window.startNs(first), window.endNs(second) - window.startNs(second));
        return shared > 0 && 2 * shared > shorter;
    }
}
