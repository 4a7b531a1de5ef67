package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Median;
import java.util.Arrays;
import java.util.List;

/**
 * What nobody straggling means for a job: every task takes the mean of its phase over all stages, steps and replicas, every
 * transfer the median of its direction. Backwards with a weight gradient of their own, and tasks side by side with others,
 * are phases of their own. Immutable.
 */
final class Ideal {

    private static final int KINDS = 2 * Work.values().length;

    private final long[] meanNs = new long[KINDS];
    private final long[] medianNs = new long[2];

    Ideal(List<Replica> replicas) {
        double[] sum = new double[KINDS];
        long[] count = new long[KINDS];
        LongColumn[] transfers = {new LongColumn(), new LongColumn()};
        for (Replica replica : replicas) {
            for (Step step : replica.steps()) {
                int[] kinds = kinds(step);
                for (int task = 0; task < kinds.length; task++) {
                    sum[kinds[task]] += step.ownNs(task);
                    count[kinds[task]]++;
                }
                for (int edge = 0; edge < step.graph().edges(); edge++) {
                    if (LinkAtMedian.crosses(step, edge)) {
                        transfers[direction(step, edge)].add(step.transferNs(edge));
                    }
                }
            }
        }
        for (int kind = 0; kind < KINDS; kind++) {
            meanNs[kind] = count[kind] == 0 ? 0 : Math.round(sum[kind] / count[kind]);
        }
        for (int direction = 0; direction < medianNs.length; direction++) {
            long[] all = transfers[direction].toArray();
            medianNs[direction] = all.length == 0
                    ? 0
                    : Math.round(Median.of(Arrays.stream(all).asDoubleStream()));
        }
    }

    /** The ideal duration of every task of {@code step}. */
    long[] ownNs(Step step) {
        int[] kinds = kinds(step);
        return Arrays.stream(kinds).mapToLong(kind -> meanNs[kind]).toArray();
    }

    /** The ideal transfer of an edge; nothing where it joins no two devices. */
    long transferNs(Step step, int edge) {
        return LinkAtMedian.crosses(step, edge) ? medianNs[direction(step, edge)] : 0;
    }

    private static int direction(Step step, int edge) {
        return step.action(step.target(edge)).phase().isForward() ? 0 : 1;
    }

    private static int[] kinds(Step step) {
        int[] kinds = new int[step.graph().tasks()];
        for (int task = 0; task < kinds.length; task++) {
            int block = step.graph().blockOf(task);
            boolean isBeside = step.graph().endTask(block) - step.graph().firstTask(block) > 1;
            kinds[task] = 2 * Work.of(step, task).ordinal() + (isBeside ? 1 : 0);
        }
        return kinds;
    }
}
