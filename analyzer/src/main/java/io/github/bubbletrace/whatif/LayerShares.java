package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.pipeline.extract.TaskLayers;
import java.util.Arrays;
import java.util.Optional;

/**
 * What share of each chunk's kernel time every layer's range launched, over all steps and replicas. Numbers of layers may
 * count over the model or begin again in every chunk: a chunk's layers are those of its ranges, in ascending order. Work that
 * no layer's range launched (a backward without hooks) is shared as the forward is. Immutable.
 */
final class LayerShares {

    /** [work][chunk][layer of the chunk]. */
    private final double[][][] share;

    private final boolean isForwardAlone;

    private LayerShares(double[][][] share, boolean isForwardAlone) {
        this.share = share;
        this.isForwardAlone = isForwardAlone;
    }

    /** The shares; empty where a chunk has no layers, misses one, or some work has only a part of them. */
    static Optional<LayerShares> of(Job job) {
        int chunks = job.first().modelChunks();
        double[][][] sums = sums(job, chunks);
        double[][][] share = new double[sums.length][chunks][];
        boolean isForwardAlone = false;
        for (int chunk = 0; chunk < chunks; chunk++) {
            double[] forward = sums[Work.FORWARD.ordinal()][chunk];
            int first = first(forward);
            int end = forward.length;
            if (first == end || !isWhole(forward, first, end)) {
                return Optional.empty();
            }
            for (int work = 0; work < sums.length; work++) {
                double[] own = sums[work][chunk];
                boolean hasLayers = first(own) < own.length;
                if (hasLayers && (first(own) != first || own.length != end || !isWhole(own, first, end))) {
                    return Optional.empty();
                }
                isForwardAlone |= !hasLayers && Arrays.stream(own).sum() > 0;
                share[work][chunk] = shares(hasLayers ? own : forward, first);
            }
        }
        return Optional.of(new LayerShares(share, isForwardAlone));
    }

    /** Kernel time by work, chunk and one more than the layer's number; each array ends with its last layer. */
    private static double[][][] sums(Job job, int chunks) {
        double[][][] sums = new double[Work.values().length][chunks][1];
        for (Replica replica : job.replicas()) {
            for (int index = 0; index < replica.steps().size(); index++) {
                Step step = replica.steps().get(index);
                Window window = replica.windows().get(index).window();
                for (int task = 0; task < window.tasks(); task++) {
                    double[][] ofWork = sums[Work.of(step, task).ordinal()];
                    int chunk = step.action(task).chunk() % chunks;
                    ofWork[chunk] = with(ofWork[chunk], window.layers(task));
                }
            }
        }
        return sums;
    }

    private static double[] with(double[] sums, TaskLayers layers) {
        int last = layers.size() == 0 ? TaskLayers.REST : layers.layer(layers.size() - 1);
        double[] grown = last + 1 < sums.length ? sums : Arrays.copyOf(sums, last + 2);
        for (int i = 0; i < layers.size(); i++) {
            grown[layers.layer(i) + 1] += layers.ns(i);
        }
        return grown;
    }

    private static int first(double[] sums) {
        int first = 1;
        while (first < sums.length && sums[first] == 0) {
            first++;
        }
        return first;
    }

    private static boolean isWhole(double[] sums, int first, int end) {
        return Arrays.stream(sums, first, end).allMatch(ns -> ns > 0);
    }

    private static double[] shares(double[] sums, int first) {
        double all = Arrays.stream(sums).sum();
        return Arrays.stream(sums, first, sums.length).map(ns -> ns / all).toArray();
    }

    /** How many layers each chunk holds. */
    int[] counts() {
        return Arrays.stream(share[0]).mapToInt(layers -> layers.length).toArray();
    }

    /** Whether the shares of all other work are the forward's. */
    boolean isForwardAlone() {
        return isForwardAlone;
    }

    /** The share of a layer in what its chunk takes. */
    double share(Work work, int chunk, int layer) {
        return share[work.ordinal()][chunk][layer];
    }
}
