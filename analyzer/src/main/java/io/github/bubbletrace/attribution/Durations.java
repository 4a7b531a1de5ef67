package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.trace.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Task durations of one window and what they are made of: own = size x factor x accident. The size of a micro-batch in a
 * phase is the median over the chunks of their durations for it; the factor of a chunk in a phase is the median over the
 * micro-batches of duration / size. Tensor-parallel lanes count as chunks of their own, and
 * split backwards and tasks side by side as phases of their own. All in nanoseconds.
 */
final class Durations {

    private final Window window;
    private final long[] hullNs;
    private final long[] ownNs;
    private final double[] sizeNs;
    private final Map<List<Object>, Double> factor = new HashMap<>();
    private final Flavours flavours;
    private final Map<Flavours.Flavour, Double> meanSize = new HashMap<>();
    private final Map<Flavours.Flavour, Double> meanFactor = new HashMap<>();

    Durations(PipelineRun run, Window window) {
        this.window = window;
        flavours = new Flavours(window);
        hullNs = new long[window.tasks()];
        ownNs = new long[window.tasks()];
        sizeNs = new double[window.tasks()];
        for (int task = 0; task < window.tasks(); task++) {
            long start = window.startNs(task);
            long end = window.endNs(task);
            hullNs[task] = end - start;
            ownNs[task] = hullNs[task]
                    - HullIdle.of(run.devices().get(window.device(task)).activity(), start, end)
                            .host()
                            .totalNs();
        }
        measureSizes();
        measureFactors();
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
        return rounded(task -> meanSize.get(flavours.of(task)) * factor.get(chunkKey(task)));
    }

    /** R0: R1's, averaged over the chunks of the phase. */
    long[] sameForAllChunks() {
        return rounded(task -> meanSize.get(flavours.of(task)) * meanFactor.get(flavours.of(task)));
    }

    /** Size x factor, without the accident. */
    long[] withoutAccidents() {
        return rounded(task -> sizeNs[task] * factor.get(chunkKey(task)));
    }

    /** The factor of a task's chunk (and lane) in its phase. */
    double factor(int task) {
        return factor.get(chunkKey(task));
    }

    /** The mean factor over the chunks of a task's phase. */
    double meanFactor(int task) {
        return meanFactor.get(flavours.of(task));
    }

    /** The mean size over the micro-batches of a task's phase. */
    double meanSizeNs(int task) {
        return meanSize.get(flavours.of(task));
    }

    /** The size of a task's micro-batch in its phase. */
    double sizeNs(int task) {
        return sizeNs[task];
    }

    private void measureSizes() {
        Map<List<Object>, List<Double>> perMicroBatch = new HashMap<>();
        for (int task = 0; task < ownNs.length; task++) {
            perMicroBatch.computeIfAbsent(sizeKey(task), k -> new ArrayList<>()).add((double) ownNs[task]);
        }
        Map<List<Object>, Double> sizes = new HashMap<>();
        Map<Flavours.Flavour, List<Double>> perPhase = new HashMap<>();
        perMicroBatch.forEach((key, own) -> {
            double size = Median.of(own.stream().mapToDouble(Double::doubleValue));
            sizes.put(key, size);
            perPhase.computeIfAbsent((Flavours.Flavour) key.get(0), p -> new ArrayList<>())
                    .add(size);
        });
        for (int task = 0; task < ownNs.length; task++) {
            sizeNs[task] = sizes.get(sizeKey(task));
        }
        perPhase.forEach((phase, list) -> meanSize.put(phase, mean(list)));
    }

    private void measureFactors() {
        Map<List<Object>, List<Double>> ratios = new HashMap<>();
        for (int task = 0; task < ownNs.length; task++) {
            List<Double> list = ratios.computeIfAbsent(chunkKey(task), k -> new ArrayList<>());
            if (sizeNs[task] > 0) {
                list.add(ownNs[task] / sizeNs[task]);
            }
        }
        Map<Flavours.Flavour, List<Double>> perPhase = new HashMap<>();
        ratios.forEach((key, list) -> {
            double value = list.isEmpty() ? 1 : Median.of(list.stream().mapToDouble(Double::doubleValue));
            factor.put(key, value);
            perPhase.computeIfAbsent((Flavours.Flavour) key.get(0), p -> new ArrayList<>())
                    .add(value);
        });
        perPhase.forEach((phase, list) -> meanFactor.put(phase, mean(list)));
    }

    private List<Object> sizeKey(int task) {
        return List.of(flavours.of(task), window.action(task).microBatch());
    }

    private List<Object> chunkKey(int task) {
        Action action = window.action(task);
        return List.of(flavours.of(task), action.chunk(), window.device(task));
    }

    private long[] rounded(java.util.function.IntToDoubleFunction duration) {
        long[] result = new long[ownNs.length];
        Arrays.setAll(result, task -> (long) Math.floor(duration.applyAsDouble(task) + 0.5));
        return result;
    }

    /** Sums in ascending order, so that the order of the input leaves no trace in the last bits. */
    private static double mean(List<Double> values) {
        return values.stream().sorted().mapToDouble(Double::doubleValue).sum() / values.size();
    }
}
