package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.LayerSplit.Source;
import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.trace.Median;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The model as pieces that take equally many layers, and what every chunk takes beside them: mean durations for a
 * micro-batch over all steps and replicas. Where ranges tell the layers, each is a piece, and what lies in none, as the
 * embedding and the head, stays with its chunk. Else every chunk is a piece, chunks are taken to hold equally many layers,
 * and what an outer chunk takes beyond the median inner one is embedding or head. Immutable.
 */
final class LayerTimes {

    private final int chunks;
    private final int layers;
    private final Source source;
    private final int[] recordedEnds;
    private final double[][] pieceNs;
    private final double[][] extraNs;
    private final double[] allPieceNs;

    LayerTimes(Job job) {
        chunks = job.first().modelChunks();
        double[][] chunkNs = chunkNs(job);
        int told = job.facts().layers();
        Optional<LayerShares> measured = LayerShares.of(job)
                .filter(shares -> told == 0 || Arrays.stream(shares.counts()).sum() == told);
        int[] counts = measured.map(LayerShares::counts)
                .orElse(IntStream.range(0, chunks).map(chunk -> 1).toArray());
        recordedEnds = counts.clone();
        Arrays.parallelPrefix(recordedEnds, Integer::sum);
        int pieces = recordedEnds[chunks - 1];
        layers = measured.isPresent() ? pieces : told;
        source = measured.map(shares -> shares.isForwardAlone() ? Source.FORWARD_LAYERS : Source.LAYERS)
                .orElse(Source.CHUNKS);
        pieceNs = new double[chunkNs.length][pieces];
        extraNs = new double[chunkNs.length][chunks];
        for (Work work : Work.values()) {
            if (measured.isPresent()) {
                share(measured.get(), work, chunkNs[work.ordinal()]);
            } else {
                pieceNs[work.ordinal()] = chunkNs[work.ordinal()];
                separate(pieceNs[work.ordinal()], extraNs[work.ordinal()]);
            }
        }
        allPieceNs = new double[pieces];
        Arrays.setAll(allPieceNs, piece -> sum(pieceNs, piece));
    }

    /** The mean duration of each chunk, by work. */
    private double[][] chunkNs(Job job) {
        double[][] chunkNs = new double[Work.values().length][chunks];
        long[][] count = new long[chunkNs.length][chunks];
        for (Replica replica : job.replicas()) {
            for (Step step : replica.steps()) {
                for (int task = 0; task < step.graph().tasks(); task++) {
                    int work = Work.of(step, task).ordinal();
                    int chunk = step.action(task).chunk() % chunks;
                    chunkNs[work][chunk] += step.ownNs(task);
                    count[work][chunk]++;
                }
            }
        }
        for (int work = 0; work < chunkNs.length; work++) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                chunkNs[work][chunk] /= Math.max(1, count[work][chunk]);
            }
        }
        return chunkNs;
    }

    private void share(LayerShares shares, Work work, double[] chunkNs) {
        for (int chunk = 0; chunk < chunks; chunk++) {
            int begin = begin(chunk);
            double rest = chunkNs[chunk];
            for (int piece = begin; piece < recordedEnds[chunk]; piece++) {
                double ns = chunkNs[chunk] * shares.share(work, chunk, piece - begin);
                pieceNs[work.ordinal()][piece] = ns;
                rest -= ns;
            }
            extraNs[work.ordinal()][chunk] = Math.max(0, rest);
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

    private int begin(int chunk) {
        return chunk == 0 ? 0 : recordedEnds[chunk - 1];
    }

    int chunks() {
        return chunks;
    }

    /** The model's layers; 0 where neither ranges nor the user tell them. */
    int layers() {
        return layers;
    }

    /** Where the times are from. */
    Source source() {
        return source;
    }

    int pieces() {
        return allPieceNs.length;
    }

    /** The pieces of a chunk as it was recorded. */
    int pieces(int chunk) {
        return recordedEnds[chunk] - begin(chunk);
    }

    /** What a chunk takes beside its layers, over all work. */
    double extraNs(int chunk) {
        return sum(extraNs, chunk);
    }

    /**
     * The durations of a split over the recorded ones.
     *
     * @param counts layers of each chunk, first chunk first
     */
    StepChange split(List<Integer> counts) {
        double[] ratios = ratios(counts);
        return (replica, step) -> {
            int[] places = places(step);
            return step.withOwn(task -> Math.round(step.ownNs(task) * ratios[places[task]]));
        };
    }

    /** The durations of a split over the recorded ones, by {@link #places}. */
    double[] ratios(List<Integer> counts) {
        double all = counts.stream().mapToInt(Integer::intValue).sum();
        double[] ratios = new double[pieceNs.length * chunks];
        for (int work = 0; work < pieceNs.length; work++) {
            double begin = 0;
            int sum = 0;
            for (int chunk = 0; chunk < chunks; chunk++) {
                sum += counts.get(chunk);
                double end = sum * pieces() / all;
                double extra = extraNs[work][chunk];
                double before = between(pieceNs[work], begin(chunk), recordedEnds[chunk]) + extra;
                double now = between(pieceNs[work], begin, end) + extra;
                ratios[work * chunks + chunk] = before > 0 ? now / before : 1;
                begin = end;
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

    /** The work between two places of the model, in pieces from its start. */
    double between(double from, double to) {
        return between(allPieceNs, from, to);
    }

    private static double between(double[] body, double from, double to) {
        double sum = 0;
        for (int piece = (int) Math.floor(from); piece < body.length && piece < to; piece++) {
            sum += body[piece] * Math.max(0, Math.min(to, piece + 1.0) - Math.max(from, piece));
        }
        return sum;
    }

    private static double sum(double[][] ofWork, int index) {
        double sum = 0;
        for (double[] work : ofWork) {
            sum += work[index];
        }
        return sum;
    }
}
