package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.Processes;
import io.github.bubbletrace.trace.Trace;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private final AtomicBoolean hasOtherThreads = new AtomicBoolean();
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
        Map<Integer, Set<Integer>> lanesOfThread = joinOwnThread(launches, lane, joined);
        if (!backwardOfThread.isEmpty() && hasOtherThreads.get()) {
            joinOtherThread(launches, lane, joined, lanesOfThread);
        }
        return joined;
    }

    private Map<Integer, Set<Integer>> joinOwnThread(Launches launches, int[] lane, int[] joined) {
        RangeIndex[] indexes = indexes(ofThread);
        Map<Integer, Set<Integer>> lanesOfThread = new ConcurrentHashMap<>();
        Cores.split(joined.length, (first, end) -> {
            RangeIndex[] own = Arrays.stream(indexes)
                    .map(index -> index == null ? null : index.copy())
                    .toArray(RangeIndex[]::new);
            int lastThread = -1;
            int lastLane = -1;
            boolean hasOther = false;
            for (int row = first; row < end; row++) {
                int thread = launches.isKnown(row) ? launches.thread(row) : -1;
                joined[row] = thread < 0 || own[thread] == null ? -1 : range(own[thread], launches.timeNs(row));
                hasOther |= thread >= 0 && own[thread] == null;
                if (joined[row] >= 0 && (thread != lastThread || lane[row] != lastLane)) {
                    lastThread = thread;
                    lastLane = lane[row];
                    lanesOfThread
                            .computeIfAbsent(thread, t -> ConcurrentHashMap.newKeySet())
                            .add(lastLane);
                }
            }
            if (hasOther) {
                hasOtherThreads.set(true);
            }
        });
        return lanesOfThread;
    }

    private int range(RangeIndex index, long timeNs) {
        int found = index.at(timeNs);
        return found < 0 ? -1 : canonical[found];
    }

    private void joinOtherThread(
            Launches launches, int[] lane, int[] joined, Map<Integer, Set<Integer>> lanesOfThread) {
        boolean[] isLabelled = new boolean[processes.threads()];
        ofThread.keySet().forEach(thread -> isLabelled[thread] = true);
        OpenRanges open = new OpenRanges(processes, indexes(backwardOfThread), lanesOfThread);
        for (int row = 0; row < joined.length; row++) {
            if (joined[row] < 0 && launches.isKnown(row) && !isLabelled[launches.thread(row)]) {
                int process = processes.processOf(launches.thread(row));
                int found = open.only(process, lane[row], launches.timeNs(row));
                joined[row] = found < 0 ? -1 : canonical[found];
                ambiguous += found == OpenRanges.SEVERAL ? 1 : 0;
            }
        }
    }

    /** By thread; null for threads without ranges. */
    private RangeIndex[] indexes(Map<Integer, int[]> rangesOfThread) {
        RangeIndex[] indexes = new RangeIndex[processes.threads()];
        rangesOfThread.forEach((thread, ranges) -> indexes[thread] = labelled.index(ranges));
        return indexes;
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
