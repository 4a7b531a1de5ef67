package io.github.bubbletrace.reports;

import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Start and end of every task of a 1F1B iteration with given forward times; backwards take twice as long. */
final class SampleReplay {

    private final int stages;
    private final int microBatches;
    private final IntToLongFunction forwardNs;
    private final IntToLongFunction delayNs;
    private final long[][][] endNs;
    private final List<List<Task>> tasks = new ArrayList<>();

    /** One task, in nanoseconds since the window's start. */
    record Task(Phase phase, int microBatch, long startNs, long endNs) {}

    SampleReplay(int stages, int microBatches, IntToLongFunction forwardNs, IntToLongFunction delayNs) {
        this.stages = stages;
        this.microBatches = microBatches;
        this.forwardNs = forwardNs;
        this.delayNs = delayNs;
        this.endNs = new long[2][stages][microBatches];
        for (int stage = 0; stage < stages; stage++) {
            tasks.add(new ArrayList<>());
        }
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int stage = 0; stage < stages; stage++) {
                moved |= step(stage);
            }
        }
    }

    List<Task> tasks(int stage) {
        return tasks.get(stage);
    }

    /** The task of this replay that does the same as {@code task} of another one. */
    Task twin(int stage, Task task) {
        return tasks.get(stage).stream()
                .filter(own -> own.phase() == task.phase() && own.microBatch() == task.microBatch())
                .findFirst()
                .orElseThrow();
    }

    long makespanNs() {
        return tasks.stream()
                .mapToLong(list -> list.get(list.size() - 1).endNs())
                .max()
                .orElseThrow();
    }

    private boolean step(int stage) {
        List<Task> done = tasks.get(stage);
        if (done.size() == 2 * microBatches) {
            return false;
        }
        Phase phase = SamplePipeline.phase(stages, stage, microBatches, done.size());
        int microBatch =
                (int) done.stream().filter(task -> task.phase() == phase).count();
        long readyNs = readyNs(phase, stage, microBatch);
        if (readyNs < 0) {
            return false;
        }
        long freeNs = done.isEmpty() ? 0 : done.get(done.size() - 1).endNs();
        long startNs = Math.max(freeNs, readyNs) + delayNs.applyAsLong(stage);
        long end = startNs + forwardNs.applyAsLong(stage) * (phase == Phase.F ? 1 : 2);
        endNs[phase.ordinal()][stage][microBatch] = end;
        return done.add(new Task(phase, microBatch, startNs, end));
    }

    /** When the inputs are there; negative where they are not yet known. */
    private long readyNs(Phase phase, int stage, int microBatch) {
        if (phase == Phase.F) {
            return stage == 0 ? 0 : known(endNs[0][stage - 1][microBatch]);
        }
        return known(stage == stages - 1 ? endNs[0][stage][microBatch] : endNs[1][stage + 1][microBatch]);
    }

    private static long known(long ns) {
        return ns == 0 ? -1 : ns;
    }
}
