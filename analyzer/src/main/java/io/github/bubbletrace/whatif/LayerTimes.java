package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.trace.Median;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the layers of each chunk take for a micro-batch, and what the first chunk's embedding and the last chunk's head take
 * beside them: mean durations over all steps and replicas. Chunks are taken to hold equally many layers; what an outer chunk
 * takes beyond the median inner one is embedding or head. Immutable.
 */
final class LayerTimes {

    private final int chunks;
    private final double[][] bodyNs;
    private final double[][] extraNs;
    private final double[] allBodyNs;

    LayerTimes(Job job) {
        chunks = job.first().modelChunks();
        bodyNs = new double[Work.values().length][chunks];
        extraNs = new double[Work.values().length][chunks];
        long[][] count = new long[Work.values().length][chunks];
        for (Replica replica : job.replicas()) {
            for (Step step : replica.steps()) {
                for (int task = 0; task < step.graph().tasks(); task++) {
                    int work = Work.of(step, task).ordinal();
                    int chunk = step.action(task).chunk() % chunks;
                    bodyNs[work][chunk] += step.ownNs(task);
                    count[work][chunk]++;
                }
            }
        }
        for (int work = 0; work < bodyNs.length; work++) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                bodyNs[work][chunk] /= Math.max(1, count[work][chunk]);
            }
            separate(bodyNs[work], extraNs[work]);
        }
        allBodyNs = new double[chunks];
        Arrays.setAll(allBodyNs, chunk -> sum(bodyNs, chunk));
    }

    private static void separate(double[] body, double[] extra) {
        int last = body.length - 1;
        if (body.length < 3) {
            return;
        }
        double inner = Median.of(IntStream.range(1, last).mapToDouble(chunk -> body[chunk]));
        for (int outer : new int[] {0, last}) {
            if (inner > 0 && body[outer] > inner) {
                extra[outer] = body[outer] - inner;
                body[outer] = inner;
            }
        }
    }

    int chunks() {
        return chunks;
    }

    /** The layers of a chunk, over all work. */
    double bodyNs(int chunk) {
        return allBodyNs[chunk];
    }

    /** What a chunk takes beside its layers, over all work. */
    double extraNs(int chunk) {
        return sum(extraNs, chunk);
    }

    /**
     * The durations of a split over the recorded ones.
     *
     * @param bounds where each chunk ends, in recorded chunks from the model's start
     */
    StepChange split(double[] bounds) {
        double[] ratios = ratios(bounds);
        return (replica, step) -> {
            int[] places = places(step);
            return step.withOwn(task -> Math.round(step.ownNs(task) * ratios[places[task]]));
        };
    }

    /** The durations of a split over the recorded ones, by {@link #places}. */
    double[] ratios(double[] bounds) {
        double[] ratios = new double[bodyNs.length * chunks];
        for (int work = 0; work < bodyNs.length; work++) {
            double begin = 0;
            for (int chunk = 0; chunk < chunks; chunk++) {
                double before = bodyNs[work][chunk] + extraNs[work][chunk];
                double now = between(bodyNs[work], begin, bounds[chunk]) + extraNs[work][chunk];
                ratios[work * chunks + chunk] = before > 0 ? now / before : 1;
                begin = bounds[chunk];
            }
        }
        return ratios;
    }

    /** Of every task of a step a number for its work and chunk. */
    int[] places(Step step) {
        int[] places = new int[step.graph().tasks()];
        for (int task = 0; task < places.length; task++) {
            places[task] =
                    Work.of(step, task).ordinal() * chunks + step.action(task).chunk() % chunks;
        }
        return places;
    }

    /** The work between two places of the model, in recorded chunks from its start. */
    double between(double from, double to) {
        return between(allBodyNs, from, to);
    }

    private static double between(double[] body, double from, double to) {
        double sum = 0;
        for (int chunk = (int) Math.floor(from); chunk < body.length && chunk < to; chunk++) {
            sum += body[chunk] * Math.max(0, Math.min(to, chunk + 1.0) - Math.max(from, chunk));
        }
        return sum;
    }

    private static double sum(double[][] ofWork, int chunk) {
        double sum = 0;
        for (double[] work : ofWork) {
            sum += work[chunk];
        }
        return sum;
    }
}
