package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.Processes;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The ranges that the threads of a process are inside at a time. */
final class OpenRanges {

    static final int NONE = -1;
    static final int SEVERAL = -2;

    private final int[][] threadsOfProcess;
    private final RangeIndex[] indexOfThread;
    private final Map<Integer, Set<Integer>> lanesOfThread;

    /**
     * Ranges of threads.
     *
     * @param indexOfThread each thread's ranges, or null
     * @param lanesOfThread lanes that each thread works for
     */
    OpenRanges(Processes processes, RangeIndex[] indexOfThread, Map<Integer, Set<Integer>> lanesOfThread) {
        this.indexOfThread = indexOfThread;
        this.lanesOfThread = lanesOfThread;
        threadsOfProcess = new int[processes.size()][];
        for (int p = 0; p < threadsOfProcess.length; p++) {
            int process = p;
            threadsOfProcess[p] = IntStream.range(0, indexOfThread.length)
                    .filter(t -> indexOfThread[t] != null && processes.processOf(t) == process)
                    .toArray();
        }
    }

    /**
     * The only range open at {@code timeNs} on a thread of {@code process} that works for {@code lane}, or for none by
     * itself; {@link #NONE} or {@link #SEVERAL} where there is no such one.
     */
    int only(int process, int lane, long timeNs) {
        int only = NONE;
        for (int thread : threadsOfProcess[process]) {
            int found = indexOfThread[thread].at(timeNs);
            if (found >= 0 && mayWorkFor(thread, lane)) {
                only = only == NONE ? found : SEVERAL;
            }
        }
        return only;
    }

    private boolean mayWorkFor(int thread, int lane) {
        Set<Integer> own = lanesOfThread.getOrDefault(thread, Set.of());
        return own.isEmpty() || own.contains(lane);
    }
}
