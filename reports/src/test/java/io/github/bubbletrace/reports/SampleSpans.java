package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.IdleSpans;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.List;

/** Collects a device's tasks and idle spans as the analysis hands them out. */
final class SampleSpans {

    /** In-hull launch gap of every task. */
    private static final long IN_HULL_NS = 40_000;

    private final List<TaskRow> tasks = new ArrayList<>();
    private final List<IdleRow> idle = new ArrayList<>();

    private record TaskRow(
            long startNs, long endNs, long idealStartNs, long idealEndNs, Phase phase, int chunk, int microBatch) {}

    private record IdleRow(long startNs, long endNs, Cause cause) {}

    /** Splits a gap into structure, then imbalance, then host. */
    void gap(long startNs, long endNs, Cause structure, long structureNs, long hostNs) {
        long lengthNs = endNs - startNs;
        long ownNs = Math.max(0, Math.min(structureNs, lengthNs));
        long lateNs = Math.min(hostNs, lengthNs - ownNs);
        add(startNs, startNs + ownNs, structure);
        add(startNs + ownNs, endNs - lateNs, Cause.IMBALANCE);
        add(endNs - lateNs, endNs, Cause.HOST);
    }

    void task(long windowNs, SampleReplay.Task task, SampleReplay.Task ideal, int chunk) {
        long startNs = windowNs + task.startNs();
        long middleNs = startNs + (task.endNs() - task.startNs()) / 2;
        add(middleNs, middleNs + IN_HULL_NS, Cause.HOST);
        tasks.add(new TaskRow(
                startNs,
                windowNs + task.endNs(),
                windowNs + ideal.startNs(),
                windowNs + ideal.endNs(),
                task.phase(),
                chunk,
                task.microBatch()));
    }

    private void add(long startNs, long endNs, Cause cause) {
        if (endNs > startNs) {
            idle.add(new IdleRow(startNs, endNs, cause));
        }
    }

    long busyNs() {
        return tasks.stream()
                .mapToLong(task -> task.endNs - task.startNs - IN_HULL_NS)
                .sum();
    }

    CauseTimes idleNs() {
        return idle.stream()
                .map(row -> CauseTimes.only(row.cause, row.endNs - row.startNs))
                .reduce(CauseTimes.NONE, CauseTimes::plus);
    }

    IdleSpans idle() {
        List<IdleRow> rows = List.copyOf(idle);
        return new IdleSpans() {
            @Override
            public int size() {
                return rows.size();
            }

            @Override
            public long startNs(int index) {
                return rows.get(index).startNs;
            }

            @Override
            public long endNs(int index) {
                return rows.get(index).endNs;
            }

            @Override
            public Cause cause(int index) {
                return rows.get(index).cause;
            }
        };
    }

    TaskSpans tasks() {
        return new Tasks(List.copyOf(tasks));
    }

    /** Task rows behind the analysis' interface. */
    private record Tasks(List<TaskRow> rows) implements TaskSpans {

        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public long startNs(int index) {
            return rows.get(index).startNs;
        }

        @Override
        public long endNs(int index) {
            return rows.get(index).endNs;
        }

        @Override
        public long busyNs(int index) {
            return endNs(index) - startNs(index) - IN_HULL_NS;
        }

        @Override
        public long idealStartNs(int index) {
            return rows.get(index).idealStartNs;
        }

        @Override
        public long idealEndNs(int index) {
            return rows.get(index).idealEndNs;
        }

        @Override
        public Phase phase(int index) {
            return rows.get(index).phase;
        }

        @Override
        public int chunk(int index) {
            return rows.get(index).chunk;
        }

        @Override
        public int microBatch(int index) {
            return rows.get(index).microBatch;
        }
    }
}
