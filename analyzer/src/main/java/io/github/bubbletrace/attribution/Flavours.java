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

    /**
     * One kind of work.
     *
     * @param phase its phase
     * @param split whether it is a backward whose weight gradient is a task of its own
     * @param beside whether it runs side by side with another task of its device for most of the shorter one's time
     */
    record Flavour(Phase phase, boolean split, boolean beside) {}

    private final Flavour[] ofTask;

    Flavours(Window window) {
        ofTask = new Flavour[window.tasks()];
        Set<Action> weights = new HashSet<>();
        window.actions().stream().filter(a -> a.phase() == Phase.W).forEach(weights::add);
        for (int task = 0; task < ofTask.length; task++) {
            Action action = window.action(task);
            boolean split = action.phase() == Phase.B
                    && weights.contains(new Action(Phase.W, action.chunk(), action.microBatch()));
            boolean beside = overlaps(window, task - 1, task) || overlaps(window, task, task + 1);
            ofTask[task] = new Flavour(action.phase(), split, beside);
        }
    }

    Flavour of(int task) {
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
