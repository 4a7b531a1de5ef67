package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Median;
import java.util.HashSet;
import java.util.Set;
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

    LayerTimes(Job job) {
        chunks = job.first().modelChunks();
        bodyNs = new double[Work.values().length][chunks];
        extraNs = new double[Work.values().length][chunks];
        long[][] count = new long[Work.values().length][chunks];
        for (Replica replica : job.replicas()) {
            for (Step step : replica.steps()) {
                Set<Long> weights = weights(step);
                for (int task = 0; task < step.graph().tasks(); task++) {
                    int work = work(step, task, weights).ordinal();
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
        return sum(bodyNs, chunk);
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
        double[][] ratio = new double[bodyNs.length][chunks];
        for (int work = 0; work < ratio.length; work++) {
            double begin = 0;
            for (int chunk = 0; chunk < chunks; chunk++) {
                double before = bodyNs[work][chunk] + extraNs[work][chunk];
                double now = between(bodyNs[work], begin, bounds[chunk]) + extraNs[work][chunk];
                ratio[work][chunk] = before > 0 ? now / before : 1;
                begin = bounds[chunk];
            }
        }
        return (replica, step) -> {
            Set<Long> weights = weights(step);
            return step.withOwn(task -> Math.round(step.ownNs(task)
                    * ratio[work(step, task, weights).ordinal()][
                            step.action(task).chunk() % chunks]));
        };
    }

    /** The work between two places of the model, in recorded chunks from its start. */
    double between(double from, double to) {
        double sum = 0;
        for (double[] body : bodyNs) {
            sum += between(body, from, to);
        }
        return sum;
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

    private static Work work(Step step, int task, Set<Long> weights) {
        return Work.of(step.action(task).phase(), weights.contains(place(step, task)));
    }

    private static Set<Long> weights(Step step) {
        Set<Long> weights = new HashSet<>();
        for (int task = 0; task < step.graph().tasks(); task++) {
            if (step.action(task).phase() == Phase.W) {
                weights.add(place(step, task));
            }
        }
        return weights;
    }

    private static long place(Step step, int task) {
        return ((long) step.action(task).chunk() << 32) | step.action(task).microBatch();
    }
}
