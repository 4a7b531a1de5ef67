package io.github.bubbletrace.reports.timeline;

import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;

/** The tasks of one lane over all windows. */
final class LaneTasks {

    private final LongColumn startNs = new LongColumn();
    private final LongColumn lengthNs = new LongColumn();
    private final LongColumn idealStartNs = new LongColumn();
    private final LongColumn idealEndNs = new LongColumn();
    private final IntColumn window = new IntColumn();
    private final IntColumn phase = new IntColumn();
    private final IntColumn chunk = new IntColumn();
    private final IntColumn microBatch = new IntColumn();
    private final IntColumn joined = new IntColumn();

    int size() {
        return startNs.size();
    }

    long startNs(int task) {
        return startNs.get(task);
    }

    long endNs(int task) {
        return startNs.get(task) + lengthNs.get(task);
    }

    /** Appends all tasks of a window. */
    void add(int inWindow, TaskSpans tasks) {
        for (int i = 0; i < tasks.size(); i++) {
            add(inWindow, tasks, i, i);
        }
    }

    /** Appends runs of tasks, each at least {@code joinNs} long where enough of them follow. */
    void addJoined(int inWindow, TaskSpans tasks, long joinNs) {
        for (int first = 0; first < tasks.size(); ) {
            int last = first;
            while (last + 1 < tasks.size() && tasks.endNs(last) - tasks.startNs(first) < joinNs) {
                last++;
            }
            add(inWindow, tasks, first, last);
            first = last + 1;
        }
    }

    private void add(int inWindow, TaskSpans tasks, int first, int last) {
        long endNs = tasks.endNs(first);
        long idealEnd = tasks.idealEndNs(first);
        long[] ofPhaseNs = new long[Phase.values().length];
        int most = tasks.phase(first).ordinal();
        for (int i = first; i <= last; i++) {
            endNs = Math.max(endNs, tasks.endNs(i));
            idealEnd = Math.max(idealEnd, tasks.idealEndNs(i));
            int kind = tasks.phase(i).ordinal();
            ofPhaseNs[kind] += tasks.endNs(i) - tasks.startNs(i);
            most = ofPhaseNs[kind] > ofPhaseNs[most] ? kind : most;
        }
        startNs.add(tasks.startNs(first));
        lengthNs.add(endNs - tasks.startNs(first));
        idealStartNs.add(tasks.idealStartNs(first));
        idealEndNs.add(idealEnd);
        window.add(inWindow);
        phase.add(most);
        chunk.add(tasks.chunk(first));
        microBatch.add(tasks.microBatch(first));
        joined.add(last - first);
    }

    /** The order by start. */
    int[] order() {
        return RadixOrder.of(startNs.toArray());
    }

    /** Appends the tasks in {@code order} to the columns. */
    void write(TaskColumns columns, int[] order) {
        long beforeNs = 0;
        long idealBeforeNs = 0;
        int windowBefore = 0;
        int[] microBatchBefore = new int[Phase.values().length];
        columns.counts.add(order.length);
        for (int task : order) {
            columns.starts.add(startNs.get(task) - beforeNs);
            columns.lengths.add(lengthNs.get(task));
            columns.windows.addSigned((long) window.get(task) - windowBefore);
            columns.phases.add(phase.get(task));
            columns.chunks.add(chunk.get(task));
            int kind = phase.get(task);
            columns.microBatches.addSigned((long) microBatch.get(task) - microBatchBefore[kind]);
            boolean hasIdeal = idealStartNs.get(task) >= 0;
            columns.idealStarts.addSigned(hasIdeal ? idealStartNs.get(task) - idealBeforeNs : 0);
            columns.idealLengths.add(hasIdeal ? 1 + idealEndNs.get(task) - idealStartNs.get(task) : 0);
            columns.joined.add(joined.get(task));
            beforeNs = startNs.get(task);
            windowBefore = window.get(task);
            microBatchBefore[kind] = microBatch.get(task);
            idealBeforeNs = hasIdeal ? idealEndNs.get(task) : idealBeforeNs;
        }
    }
}
