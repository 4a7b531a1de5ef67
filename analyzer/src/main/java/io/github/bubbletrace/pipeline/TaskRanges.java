package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Processes;
import io.github.bubbletrace.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins GPU work to the task range it was launched in. Autograd launches backward kernels from a thread of its own while
 * the labelled thread waits inside its range: work of a thread without a label goes to the backward range that is open
 * on another thread of its process, where there is just one such thread (on that GPU).
 */
final class TaskRanges {

    private final LabelledRanges labelled;
    private final Processes processes;
    private final Trace trace;
    private final int[] rows;
    private final int[] canonical;
    private final Map<Integer, int[]> ofThread;
    private final Map<Integer, int[]> backwardOfThread;
    private long ambiguous;

    TaskRanges(Trace trace, LabelledRanges labelled) {
        this.trace = trace;
        this.labelled = labelled;
        processes = trace.processes();
        rows = labelled.rows(label -> label.role() == Role.TASK);
        ofThread = labelled.byThread(rows);
        backwardOfThread = labelled.byThread(labelled.rows(TaskRanges::mayLaunchElsewhere));
        canonical = new int[trace.ranges().size()];
        Arrays.setAll(canonical, row -> row);
        ofThread.values().forEach(this::uniteRepeated);
    }

    /** The rows of the range table that stand for tasks; a range directly within an equal one is left out. */
    int[] rows() {
        return Arrays.stream(rows).filter(row -> canonical[row] == row).toArray();
    }

    /** How many launches lay within ranges of several threads. */
    long ambiguous() {
        return ambiguous;
    }

    /**
     * The task range of each row of a table of GPU work, -1 where there is none.
     *
     * @param lane lane of each row
     */
    int[] join(Launches launches, int[] lane) {
        int[] joined = new int[lane.length];
        Arrays.fill(joined, -1);
        int[] byTime = launches.byTime();
        Map<Integer, Set<Integer>> lanesOfThread = joinOwnThread(launches, byTime, lane, joined);
        if (!backwardOfThread.isEmpty()) {
            joinOtherThread(launches, byTime, lane, joined, lanesOfThread);
        }
        return joined;
    }

    private Map<Integer, Set<Integer>> joinOwnThread(Launches launches, int[] byTime, int[] lane, int[] joined) {
        Map<Integer, RangeSweep> sweeps = new HashMap<>();
        Map<Integer, Set<Integer>> lanesOfThread = new HashMap<>();
        for (int row : byTime) {
            int thread = launches.thread(row);
            int[] ranges = ofThread.get(thread);
            if (ranges != null) {
                int found = sweeps.computeIfAbsent(thread, t -> labelled.sweep(ranges))
                        .at(launches.timeNs(row));
                if (found >= 0) {
                    joined[row] = canonical[ranges[found]];
                    lanesOfThread.computeIfAbsent(thread, t -> new HashSet<>()).add(lane[row]);
                }
            }
        }
        return lanesOfThread;
    }

    private void joinOtherThread(
            Launches launches, int[] byTime, int[] lane, int[] joined, Map<Integer, Set<Integer>> lanesOfThread) {
        Map<Integer, RangeSweep> sweeps = new HashMap<>();
        List<Integer> threads = backwardOfThread.keySet().stream().sorted().toList();
        for (int row : byTime) {
            if (joined[row] >= 0) {
                continue;
            }
            List<Integer> open = new ArrayList<>(2);
            List<Integer> openOnLane = new ArrayList<>(2);
            for (int thread : threads) {
                if (processes.processOf(thread) != processes.processOf(launches.thread(row))) {
                    continue;
                }
                int[] ranges = backwardOfThread.get(thread);
                int found = sweeps.computeIfAbsent(thread, t -> labelled.sweep(ranges))
                        .at(launches.timeNs(row));
                if (found >= 0) {
                    open.add(ranges[found]);
                    if (lanesOfThread.getOrDefault(thread, Set.of()).contains(lane[row])) {
                        openOnLane.add(ranges[found]);
                    }
                }
            }
            List<Integer> candidates = openOnLane.isEmpty() ? open : openOnLane;
            if (candidates.size() == 1) {
                joined[row] = canonical[candidates.get(0)];
            } else if (candidates.size() > 1) {
                ambiguous++;
            }
        }
    }

    private static boolean mayLaunchElsewhere(Label label) {
        return label.role() == Role.TASK
                && (label.phase() == Phase.B || label.phase() == Phase.W || label.phase() == Phase.R);
    }

    /** A range directly within one of the same text is the same task, not a new one. */
    private void uniteRepeated(int[] ranges) {
        for (int i = 1; i < ranges.length; i++) {
            int outer = ranges[i - 1];
            boolean inside = trace.ranges().endNs(outer) >= trace.ranges().endNs(ranges[i]);
            if (inside && trace.ranges().text(outer) == trace.ranges().text(ranges[i])) {
                canonical[ranges[i]] = canonical[outer];
            }
        }
    }
}
