package io.github.bubbletrace;

import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether devices after the last recorded chunk are missing: its first backward needs nothing but its own forward, so where
 * it starts much later than that has ended and the device is free, it waited for a chunk that is not there.
 */
final class OpenEnd {

    /** A wait of this part of a backward is no launch latency. */
    private static final double LEAST_WAIT = 0.5;

    private OpenEnd() {}

    /** Whether most of {@code windows} show it. */
    static boolean in(List<Window> windows) {
        long open = windows.stream().filter(OpenEnd::isOpen).count();
        return 2 * open > windows.size();
    }

    private static boolean isOpen(Window window) {
        int last = window.actions().stream().mapToInt(Action::chunk).max().orElse(-1);
        Map<Action, Long> endNs = new HashMap<>();
        int first = -1;
        for (int task = 0; task < window.tasks(); task++) {
            Action action = window.action(task);
            if (action.chunk() == last) {
                endNs.merge(action, window.endNs(task), Math::max);
                boolean earlier = first < 0 || window.startNs(task) < window.startNs(first);
                first = action.phase() == Phase.B && earlier ? task : first;
            }
        }
        return first >= 0 && waitNs(window, first, endNs) > LEAST_WAIT * medianBackwardNs(window, last);
    }

    private static long waitNs(Window window, int backward, Map<Action, Long> endNs) {
        int microBatch = window.action(backward).microBatch();
        int chunk = window.action(backward).chunk();
        long startNs = window.startNs(backward);
        Long own = endNs.get(new Action(Phase.F, chunk, microBatch));
        if (own == null) {
            return 0;
        }
        long readyNs = own;
        for (int task = 0; task < window.tasks(); task++) {
            if (window.device(task) == window.device(backward) && window.startNs(task) < startNs) {
                readyNs = Math.max(readyNs, window.endNs(task));
            }
        }
        return startNs - readyNs;
    }

    private static long medianBackwardNs(Window window, int chunk) {
        long[] lengths = new long[window.tasks()];
        int count = 0;
        for (int task = 0; task < window.tasks(); task++) {
            if (window.action(task).chunk() == chunk && window.phase(task) == Phase.B) {
                lengths[count++] = window.endNs(task) - window.startNs(task);
            }
        }
        Arrays.sort(lengths, 0, count);
        return lengths[count / 2];
    }
}
