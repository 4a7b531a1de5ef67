package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.trace.Groups;
import io.github.bubbletrace.trace.Median;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Task durations of one window and what they are made of: own = size x factor x accident. The size of a micro-batch in a
 * phase is the median over the chunks of their durations for it; the factor of a chunk in a phase is the median over the
 * micro-batches of duration / size. Tensor-parallel lanes count as chunks of their own, and
 * split backwards and tasks side by side as phases of their own. All in nanoseconds.
 */
final class Durations {

    private final long[] hullNs;
    private final long[] ownNs;
    private final double[] sizeNs;
    private final double[] factor;
    private final double[] meanSizeNs;
    private final double[] meanFactor;

    Durations(PipelineRun run, Window window) {
        int tasks = window.tasks();
        hullNs = new long[tasks];
        ownNs = new long[tasks];
        for (int task = 0; task < tasks; task++) {
            long start = window.startNs(task);
            long end = window.endNs(task);
            hullNs[task] = end - start;
            ownNs[task] = hullNs[task]
                    - HullIdle.of(run.devices().get(window.device(task)).activity(), start, end)
                            .host()
                            .totalNs();
        }
        Flavours flavours = new Flavours(window);
        Groups sizes = Groups.of(
                tasks, task -> pair(flavours.of(task), window.action(task).microBatch()));
        Groups places = Groups.of(
                tasks, task -> pair(window.device(task), window.action(task).chunk()));
        Groups chunks = Groups.of(tasks, task -> pair(flavours.of(task), places.of(task)));
        double[] sizeOf = new double[sizes.size()];
        Arrays.setAll(sizeOf, group -> Median.ofSorted(sizes.sorted(group, task -> ownNs[task])));
        sizeNs = spread(sizes, sizeOf, tasks);
        double[] factorOf = new double[chunks.size()];
        Arrays.setAll(factorOf, group -> factor(chunks, group));
        factor = spread(chunks, factorOf, tasks);
        meanSizeNs = means(sizes, sizeOf, flavours, tasks);
        meanFactor = means(chunks, factorOf, flavours, tasks);
    }

    /** R4: the hulls. */
    long[] hulls() {
        return hullNs.clone();
    }

    /** R2: hulls less launch gaps. */
    long[] own() {
        return ownNs.clone();
    }

    /** R1: the phase's mean size x the chunk's factor. */
    long[] withFactors() {
        return rounded(task -> meanSizeNs[task] * factor[task]);
    }

    /** R0: R1's, averaged over the chunks of the phase. */
    long[] sameForAllChunks() {
        return rounded(task -> meanSizeNs[task] * meanFactor[task]);
    }

    /** Size x factor, without the accident. */
    long[] withoutAccidents() {
        return rounded(task -> sizeNs[task] * factor[task]);
    }

    /** The factor of a task's chunk (and lane) in its phase. */
    double factor(int task) {
        return factor[task];
    }

    /** The mean factor over the chunks of a task's phase. */
    double meanFactor(int task) {
        return meanFactor[task];
    }

    /** The mean size over the micro-batches of a task's phase. */
    double meanSizeNs(int task) {
        return meanSizeNs[task];
    }

    /** The size of a task's micro-batch in its phase. */
    double sizeNs(int task) {
        return sizeNs[task];
    }

    private double factor(Groups chunks, int group) {
        double[] ratios = Arrays.stream(chunks.sorted(
                        group, task -> sizeNs[task] > 0 ? ownNs[task] / sizeNs[task] : Double.POSITIVE_INFINITY))
                .takeWhile(ratio -> ratio < Double.POSITIVE_INFINITY)
                .toArray();
        return ratios.length == 0 ? 1 : Median.ofSorted(ratios);
    }

    private static double[] spread(Groups groups, double[] ofGroup, int tasks) {
        double[] ofTask = new double[tasks];
        Arrays.setAll(ofTask, task -> ofGroup[groups.of(task)]);
        return ofTask;
    }

    /** Of every task the mean over its phase's groups, summed in ascending order: that of the input leaves no trace. */
    private static double[] means(Groups groups, double[] ofGroup, Flavours flavours, int tasks) {
        Groups phases = Groups.of(ofGroup.length, group -> flavours.of(groups.first(group)));
        double[] mean = new double[phases.size()];
        Arrays.setAll(mean, phase -> {
            double[] values = phases.sorted(phase, group -> ofGroup[group]);
            return Arrays.stream(values).sum() / values.length;
        });
        double[] ofTask = new double[tasks];
        Arrays.setAll(ofTask, task -> mean[phases.of(groups.of(task))]);
        return ofTask;
    }

    private static long pair(int high, int low) {
        return ((long) high << 32) | (low & 0xffff_ffffL);
    }

    private long[] rounded(IntToDoubleFunction duration) {
        long[] result = new long[ownNs.length];
        Arrays.setAll(result, task -> (long) Math.floor(duration.applyAsDouble(task) + 0.5));
        return result;
    }
}
