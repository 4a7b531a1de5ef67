package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.RadixOrder;
import io.github.bubbletrace.trace.Trace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The iteration in whose step range other ranges lie: a step range of their own thread, else one of another thread of
 * their process.
 */
final class StepMarks {

    private final Trace trace;
    private final LabelledRanges labelled;
    private final Map<Integer, int[]> ofThread;
    private final Map<Integer, int[]> ofProcess = new HashMap<>();

    StepMarks(Trace trace, LabelledRanges labelled) {
        this.trace = trace;
        this.labelled = labelled;
        int[] steps = labelled.rows(label -> label.role() == Role.STEP);
        ofThread = labelled.byThread(steps);
        Map<Integer, IntColumn> split = new HashMap<>();
        for (int row : steps) {
            split.computeIfAbsent(process(row), p -> new IntColumn()).add(row);
        }
        split.forEach((process, rows) -> ofProcess.put(process, rows.toArray()));
    }

    /** The iteration of each of {@code rows} of the range table, -1 where none is known. */
    int[] iterations(int[] rows) {
        int[] iterations = new int[rows.length];
        Arrays.fill(iterations, -1);
        Map<Integer, RangeSweep> threads = new HashMap<>();
        Map<Integer, RangeSweep> processes = new HashMap<>();
        long[] starts = Arrays.stream(rows).mapToLong(trace.ranges()::startNs).toArray();
        for (int i : RadixOrder.of(starts)) {
            int thread = trace.ranges().thread(rows[i]);
            iterations[i] = find(ofThread.get(thread), thread, threads, starts[i]);
            if (iterations[i] < 0) {
                iterations[i] = find(ofProcess.get(process(rows[i])), process(rows[i]), processes, starts[i]);
            }
        }
        return iterations;
    }

    private int find(int[] steps, int owner, Map<Integer, RangeSweep> sweeps, long timeNs) {
        if (steps == null) {
            return -1;
        }
        int found = sweeps.computeIfAbsent(owner, o -> labelled.sweep(steps)).at(timeNs);
        return found < 0 ? -1 : labelled.labels(steps[found]).get(0).iteration();
    }

    private int process(int row) {
        return trace.processes().processOf(trace.ranges().thread(row));
    }
}
