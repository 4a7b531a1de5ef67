package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Processes;
import io.github.bubbletrace.trace.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins GPU work to the task range it was launched in. Autograd launches backward kernels from a thread of its own while
 * the labelled thread waits inside its range: work of a thread without any label goes to the backward range that is
 * open on another thread of its process, where there is just one such thread that works on that GPU.
 */
final class TaskRanges {

    private final LabelledRanges labelled;
    private final Processes processes;
    private final Trace trace;
    private final int[] rows;
    private final int[] canonical;
    private final Map<Integer, int[]> ofThread;
    private final Map<Integer, int[]> backwardOfThread;
    private final Map<Integer, List<Integer>> backwardThreadsOfProcess = new HashMap<>();
    private long ambiguous;

    TaskRanges(Trace trace, LabelledRanges labelled) {
        this.trace = trace;
        this.labelled = labelled;
        processes = trace.processes();
        rows = labelled.rows(label -> label.role() == Role.TASK);
        ofThread = labelled.byThread(rows);
        backwardOfThread = labelled.byThread(labelled.rows(TaskRanges::mayLaunchElsewhere));
        backwardOfThread.keySet().stream()
                .sorted()
                .forEach(thread -> backwardThreadsOfProcess
                        .computeIfAbsent(processes.processOf(thread), p -> new ArrayList<>())
                        .add(thread));
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
        for (int row : byTime) {
            int launcher = launches.thread(row);
            if (joined[row] >= 0 || ofThread.containsKey(launcher)) {
                continue;
            }
            List<Integer> candidates = new ArrayList<>(2);
            for (int thread : backwardThreadsOfProcess.getOrDefault(processes.processOf(launcher), List.of())) {
                int[] ranges = backwardOfThread.get(thread);
                int found = sweeps.computeIfAbsent(thread, t -> labelled.sweep(ranges))
                        .at(launches.timeNs(row));
                Set<Integer> own = lanesOfThread.getOrDefault(thread, Set.of());
                if (found >= 0 && (own.isEmpty() || own.contains(lane[row]))) {
                    candidates.add(ranges[found]);
                }
            }
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
        ArrayDeque<Integer> around = new ArrayDeque<>();
        for (int range : ranges) {
            while (!around.isEmpty()
                    && trace.ranges().endNs(around.peek()) < trace.ranges().endNs(range)) {
                around.pop();
            }
            if (!around.isEmpty()
                    && trace.ranges().text(around.peek()) == trace.ranges().text(range)) {
                canonical[range] = canonical[around.peek()];
            }
            around.push(range);
        }
    }
}
