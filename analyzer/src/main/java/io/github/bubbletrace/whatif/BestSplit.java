package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.LayerSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Looks for the split of the model with the shortest step: first the one whose longest chunk is shortest, then, layer by
 * layer over every boundary, whatever a replay finds shorter. Without the number of layers, chunks are cut anywhere.
 */
final class BestSplit {

    /** Cuts of a chunk where the number of layers is not known. */
    private static final int FINE = 64;

    /** Tasks replayed in the search at most. */
    private static final long BUDGET = 600_000;

    private final Job job;
    private final LayerTimes times;
    private final int layers;
    private final List<SplitStep> steps;
    private long left = BUDGET;

    private BestSplit(Job job) {
        this.job = job;
        times = new LayerTimes(job);
        steps = job.replicas().stream()
                .flatMap(replica -> replica.steps().stream())
                .map(step -> new SplitStep(step, times.places(step)))
                .toList();
        layers = isKnown() ? times.layers() : FINE * times.chunks();
    }

    /** The best split; null where the model's chunks are fewer than two or its layers fewer than its chunks. */
    static LayerSplit of(Job job) {
        BestSplit search = new BestSplit(job);
        return search.times.chunks() < 2 || search.layers < search.times.chunks() ? null : search.best();
    }

    private LayerSplit best() {
        List<Integer> now = recordedSplit();
        List<Integer> best = shortestLongest();
        long bestNs = stepNs(best);
        long recordedNs = job.recordedNs();
        boolean isRecorded = layers % times.pieces() == 0;
        long nowNs = isRecorded ? recordedNs : stepNs(now);
        if (nowNs <= bestNs) {
            best = now;
            bestNs = nowNs;
        }
        boolean isImproved = true;
        while (isImproved && left > 0) {
            isImproved = false;
            for (int boundary = 0; boundary + 1 < best.size() && left > 0; boundary++) {
                for (int step : new int[] {-1, 1}) {
                    List<Integer> moved = moved(best, boundary, step * grain());
                    long ns = moved == null ? Long.MAX_VALUE : stepNs(moved);
                    if (ns < bestNs) {
                        best = moved;
                        bestNs = ns;
                        isImproved = true;
                    }
                }
            }
        }
        return split(best, bestNs, recordedNs);
    }

    /** The recorded split; the most even one where the recorded one is not of whole layers. */
    private List<Integer> recordedSplit() {
        List<Integer> split = new ArrayList<>();
        int end = 0;
        int placed = 0;
        for (int chunk = 0; chunk < times.chunks(); chunk++) {
            end += times.pieces(chunk);
            split.add((int) ((long) end * layers / times.pieces()) - placed);
            placed += split.get(chunk);
        }
        return split;
    }

    private boolean isKnown() {
        return times.layers() > 0;
    }

    private int grain() {
        return isKnown() ? 1 : FINE / 32;
    }

    private LayerSplit split(List<Integer> best, long ns, long recordedNs) {
        double perPiece = (double) layers / times.pieces();
        return new LayerSplit(
                isKnown() ? best : null,
                IntStream.range(0, best.size())
                        .mapToObj(chunk -> best.get(chunk) / (times.pieces(chunk) * perPiece))
                        .toList(),
                isKnown() ? MegatronLayout.of(best) : null,
                Math.round(times.extraNs(0)),
                Math.round(times.extraNs(times.chunks() - 1)),
                ns,
                recordedNs - ns,
                times.source());
    }

    /** Binary search for the shortest time in which every chunk finishes, each taking as many layers as it can. */
    private List<Integer> shortestLongest() {
        double low = 0;
        double high = times.between(0, times.pieces());
        for (int chunk = 0; chunk < times.chunks(); chunk++) {
            high += times.extraNs(chunk);
        }
        for (int round = 0; round < 60; round++) {
            double middle = (low + high) / 2;
            if (filled(middle) == null) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return filled(high);
    }

    /** As many layers a chunk as fit into {@code ns}, at least one; null where some are left over. */
    private List<Integer> filled(double ns) {
        List<Integer> counts = new ArrayList<>();
        int placed = 0;
        double perLayer = (double) times.pieces() / layers;
        for (int chunk = 0; chunk < times.chunks(); chunk++) {
            int later = times.chunks() - chunk - 1;
            double room = ns - times.extraNs(chunk);
            int count = 1;
            while (placed + count < layers - later
                    && times.between(placed * perLayer, (placed + count + 1) * perLayer) <= room) {
                count++;
            }
            counts.add(count);
            placed += count;
        }
        boolean fits = placed == layers
                && times.between((layers - counts.get(counts.size() - 1)) * perLayer, times.pieces())
                        <= ns - times.extraNs(times.chunks() - 1) + 1e-6 * ns;
        return fits ? counts : null;
    }

    private static List<Integer> moved(List<Integer> counts, int boundary, int by) {
        List<Integer> moved = new ArrayList<>(counts);
        moved.set(boundary, counts.get(boundary) + by);
        moved.set(boundary + 1, counts.get(boundary + 1) - by);
        return moved.get(boundary) < 1 || moved.get(boundary + 1) < 1 ? null : moved;
    }

    private long stepNs(List<Integer> counts) {
        double[] ratios = times.ratios(counts);
        Map<Integer, Long> slowest = new TreeMap<>();
        for (SplitStep step : steps) {
            slowest.merge(step.iteration(), step.lengthNs(ratios), Math::max);
            left -= step.tasks();
        }
        return Played.mean(slowest);
    }
}
