package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes tasks: the hull of the compute kernels that each task range launched on each lane. */
final class TaskExtractor {

    private final LabelledRanges labelled;
    private final TaskTable tasks = new TaskTable();
    private final Map<Integer, Integer> iterationOfRow = new HashMap<>();
    private final Map<List<Object>, Integer> hulls = new HashMap<>();

    TaskExtractor(LabelledRanges labelled, StepMarks steps, int[] rows) {
        this.labelled = labelled;
        int[] iterations = steps.iterations(rows);
        for (int i = 0; i < rows.length; i++) {
            iterationOfRow.put(rows[i], iterations[i]);
        }
    }

    /**
     * Tasks of kernels.
     *
     * @param range task range of each kernel, or -1
     * @param lane lane of each kernel
     * @param lanes how many lanes there are
     */
    TaskTable fromKernels(KernelTable kernels, int[] range, int[] lane, int lanes) {
        int[] lastRange = new int[lanes];
        int[][] lastTasks = new int[lanes][];
        for (int k = 0; k < kernels.size(); k++) {
            if (range[k] < 0 || kernels.kind(k) != KernelKind.COMPUTE) {
                continue;
            }
            int own = lane[k];
            long startNs = kernels.startNs(k);
            long endNs = kernels.endNs(k);
            while (k + 1 < kernels.size() && isSameTask(kernels, range, lane, k)) {
                k++;
                startNs = Math.min(startNs, kernels.startNs(k));
                endNs = Math.max(endNs, kernels.endNs(k));
            }
            if (lastTasks[own] == null || lastRange[own] != range[k]) {
                lastRange[own] = range[k];
                lastTasks[own] = tasksOf(range[k], own, startNs, endNs);
            }
            for (int task : lastTasks[own]) {
                tasks.widen(task, startNs, endNs);
            }
        }
        return tasks;
    }

    /** Whether the kernel behind {@code k} belongs to its task, as nearly all do. */
    private static boolean isSameTask(KernelTable kernels, int[] range, int[] lane, int k) {
        return range[k + 1] == range[k] && lane[k + 1] == lane[k] && kernels.kind(k + 1) == KernelKind.COMPUTE;
    }

    /** Tasks of a trace without GPU activity: the ranges themselves. */
    TaskTable fromRanges(Trace trace, int[] rows, LaneIndex lanes) {
        for (int row : rows) {
            int process = trace.processes().processOf(trace.ranges().thread(row));
            long start = trace.ranges().startNs(row);
            long end = trace.ranges().endNs(row);
            for (int task : tasksOf(row, lanes.of(process, -1), start, end)) {
                tasks.widen(task, start, end);
            }
        }
        return tasks;
    }

    /** The task that {@code row} made on {@code lane}; -1 where it made none or runs several side by side. */
    int onlyTask(int row, int lane) {
        List<Label> labels = labelled.labels(row);
        return labels.size() == 1 ? hulls.getOrDefault(key(row, 0, lane), -1) : -1;
    }

    private List<Object> key(int row, int number, int lane) {
        Label label = labelled.labels(row).get(number);
        Object identity = label.iteration() >= 0 ? label : row;
        return List.of(identity, number, lane);
    }

    /** A label that names its iteration is one task however many ranges carry it; else each range is one. */
    private int[] tasksOf(int row, int lane, long startNs, long endNs) {
        List<Label> labels = labelled.labels(row);
        int[] found = new int[labels.size()];
        for (int i = 0; i < found.length; i++) {
            Label label = labels.get(i);
            int iteration = label.iteration() >= 0 ? label.iteration() : iterationOfRow.get(row);
            found[i] =
                    hulls.computeIfAbsent(key(row, i, lane), key -> tasks.add(lane, label, iteration, startNs, endNs));
        }
        return found;
    }
}
