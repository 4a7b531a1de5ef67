package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.replay.Replay;
import io.github.bubbletrace.schedule.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How far replays miss: every iteration replayed with the mean task durations, transfers and host delays of the other
 * iterations (for the same phase, chunk, micro-batch and device) against the recorded one; the mean of |predicted -
 * recorded| / recorded.
 */
public final class PredictionError {

    /** Sum and count of one quantity over the iterations. */
    private static final class Mean {
        private long sum;
        private long count;

        void add(long value) {
            sum += value;
            count++;
        }

        /** The mean of all but {@code own}; {@code own} itself where there is no other. */
        long without(long own) {
            return count < 2 ? own : Math.floorDiv(2 * (sum - own) + count - 1, 2 * (count - 1));
        }
    }

    private final Map<List<Object>, Mean> means = new HashMap<>();

    private PredictionError() {}

    /** The error over the windows that can be replayed; empty with fewer than two. */
    public static OptionalDouble of(List<WindowRun> windows) {
        List<WindowRun> replayable =
                windows.stream().filter(WindowRun::isReplayable).toList();
        if (replayable.size() < 2) {
            return OptionalDouble.empty();
        }
        PredictionError error = new PredictionError();
        List<long[][]> quantities = new ArrayList<>();
        for (WindowRun run : replayable) {
            quantities.add(error.collect(run));
        }
        double sum = 0;
        for (int w = 0; w < quantities.size(); w++) {
            sum += error.missOf(replayable.get(w), quantities.get(w));
        }
        return OptionalDouble.of(sum / quantities.size());
    }

    private long[][] collect(WindowRun run) {
        long[][] own = {
            run.durations().hulls(),
            run.recorded().recordedLagNs(),
            run.recorded().delayNs()
        };
        for (int kind = 0; kind < own.length; kind++) {
            for (int i = 0; i < own[kind].length; i++) {
                means.computeIfAbsent(key(run, kind, i), k -> new Mean()).add(own[kind][i]);
            }
        }
        return own;
    }

    private double missOf(WindowRun run, long[][] own) {
        long[][] others = new long[own.length][];
        for (int kind = 0; kind < own.length; kind++) {
            others[kind] = new long[own[kind].length];
            for (int i = 0; i < own[kind].length; i++) {
                others[kind][i] = means.get(key(run, kind, i)).without(own[kind][i]);
            }
        }
        Replay replay = Replay.of(run.recorded().graph(), others[0], others[1], others[2]);
        double recorded = run.window().lengthNs();
        return recorded == 0 ? 0 : Math.abs(replay.makespanNs() - recorded) / recorded;
    }

    private static List<Object> key(WindowRun run, int kind, int index) {
        Window window = run.window();
        return switch (kind) {
            case 0 -> key(kind, window, index, window.device(index));
            case 1 -> {
                int block = run.recorded().graph().target(index);
                int task = run.recorded().graph().source(index);
                yield key(kind, window, task, run.recorded().graph().deviceOf(block));
            }
            default -> {
                int task = run.blocks().firstTask(index);
                yield key(kind, window, task, window.device(task));
            }
        };
    }

    private static List<Object> key(int kind, Window window, int task, int device) {
        Action action = window.action(task);
        return List.of(kind, action, window.device(task), device);
    }
}
