package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.replay.ReplayGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the tasks, transfers and delays of windows, so that the same one of another window has the same number: that of the
 * same phase, chunk, micro-batch and device. Windows with the same orders, as nearly all are, share their numbers.
 */
final class CostNumbers {

    private final Map<List<Object>, Integer> numbers = new HashMap<>();
    private WindowRun last;
    private int[][] ofLast;

    /** How many numbers there are so far. */
    int count() {
        return numbers.size();
    }

    /** The numbers of a window's tasks, of its edges twice, and of its blocks. Callers must not write to them. */
    int[][] of(WindowRun run) {
        if (last == null || !isSame(last, run)) {
            ofLast = numbered(run);
            last = run;
        }
        return ofLast;
    }

    private static boolean isSame(WindowRun one, WindowRun other) {
        if (!one.recorded().graph().hasSameShape(other.recorded().graph())) {
            return false;
        }
        for (int task = 0; task < one.window().tasks(); task++) {
            if (!one.window().action(task).equals(other.window().action(task))) {
                return false;
            }
        }
        return true;
    }

    private int[][] numbered(WindowRun run) {
        Window window = run.window();
        ReplayGraph graph = run.recorded().graph();
        int[][] own = {new int[graph.tasks()], new int[graph.edges()], new int[graph.edges()], new int[graph.blocks()]};
        for (int task = 0; task < graph.tasks(); task++) {
            own[0][task] = number(0, window, task, window.device(task));
        }
        for (int edge = 0; edge < graph.edges(); edge++) {
            int receiver = graph.deviceOf(graph.target(edge));
            own[1][edge] = number(1, window, graph.source(edge), receiver);
            own[2][edge] = number(2, window, graph.source(edge), receiver);
        }
        for (int block = 0; block < graph.blocks(); block++) {
            own[3][block] = number(3, window, graph.firstTask(block), graph.deviceOf(block));
        }
        return own;
    }

    private int number(int kind, Window window, int task, int device) {
        List<Object> key = List.of(kind, window.action(task), window.device(task), device);
        return numbers.computeIfAbsent(key, k -> numbers.size());
    }
}
