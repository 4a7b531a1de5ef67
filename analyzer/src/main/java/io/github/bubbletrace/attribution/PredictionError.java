package io.github.bubbletrace.attribution;

import io.github.bubbletrace.replay.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far replays miss: every iteration replayed with the mean task durations, transfers and host delays of the other
 * iterations (for the same phase, chunk, micro-batch and device) against the recorded one; the mean of |predicted -
 * recorded| / recorded. A transfer's mean is taken from where the predicted iteration's begins: a receive that some
 * iterations post ahead and others do not waits for different things.
 */
public final class PredictionError {

    /** What one window costs, and under which numbers the other windows know it. */
    private record Costs(
            WindowRun run,
            @SuppressWarnings("ArrayRecordComponent") long[][] ns,
            @SuppressWarnings("ArrayRecordComponent") int[][] numbers) {}

    private final List<Costs> windows = new ArrayList<>();
    private final long[] sum;
    private final int[] count;

    private PredictionError(List<WindowRun> runs) {
        CostNumbers numbers = new CostNumbers();
        for (WindowRun run : runs) {
            long[][] ns = {
                run.durations().hulls(),
                run.recorded().lagFromSentNs(),
                run.recorded().lagFromFreeNs(),
                run.recorded().delayNs()
            };
            windows.add(new Costs(run, ns, numbers.of(run)));
        }
        sum = new long[numbers.count()];
        count = new int[numbers.count()];
        for (Costs costs : windows) {
            for (int kind = 0; kind < costs.ns.length; kind++) {
                for (int i = 0; i < costs.ns[kind].length; i++) {
                    sum[costs.numbers[kind][i]] += costs.ns[kind][i];
                    count[costs.numbers[kind][i]]++;
                }
            }
        }
    }

    /** The error over the windows that can be replayed; empty with fewer than two. */
    public static OptionalDouble of(List<WindowRun> windows) {
        List<WindowRun> replayable =
                windows.stream().filter(WindowRun::isReplayable).toList();
        return replayable.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(new PredictionError(replayable).meanMiss());
    }

    private double meanMiss() {
        double misses = 0;
        for (Costs costs : windows) {
            Sweep sweep = new Sweep(costs.run.recorded().graph());
            long[] lags = costs.run.recorded().lagsNs(others(costs, 1), others(costs, 2));
            sweep.play(others(costs, 0), lags, others(costs, 3));
            double recorded = costs.run.window().lengthNs();
            misses += recorded == 0 ? 0 : Math.abs(sweep.makespanNs() - recorded) / recorded;
        }
        return misses / windows.size();
    }

    private long[] others(Costs costs, int kind) {
        long[] others = costs.ns[kind].clone();
        for (int i = 0; i < others.length; i++) {
            int number = costs.numbers[kind][i];
            others[i] = without(sum[number], count[number], others[i]);
        }
        return others;
    }

    /** The mean of all but {@code own}, rounded half up; {@code own} itself where there is no other. */
    private static long without(long sum, int count, long own) {
        return count < 2 ? own : Math.floorDiv(2 * (sum - own) + count - 1, 2 * (count - 1L));
    }
}
