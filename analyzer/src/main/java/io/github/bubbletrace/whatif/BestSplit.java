package io.github.bubbletrace.whatif;

import io.github.bubbletrace.analysis.LayerSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        layers = job.facts().layers() > 0 ? job.facts().layers() : FINE * times.chunks();
    }

    /** The best split; null where the model's chunks are fewer than two or its layers fewer than its chunks. */
    static LayerSplit of(Job job) {
        BestSplit search = new BestSplit(job);
        return search.times.chunks() < 2 || search.layers < search.times.chunks() ? null : search.best();
    }

    private LayerSplit best() {
        List<Integer> even = new ArrayList<>();
        for (int chunk = 0; chunk < times.chunks(); chunk++) {
            even.add((chunk + 1) * layers / times.chunks() - chunk * layers / times.chunks());
        }
        List<Integer> best = shortestLongest();
        long bestNs = stepNs(best);
        long recordedNs = job.recordedNs();
        long evenNs = layers % times.chunks() == 0 ? recordedNs : stepNs(even);
        if (evenNs <= bestNs) {
            best = even;
            bestNs = evenNs;
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

    private int grain() {
        return job.facts().layers() > 0 ? 1 : FINE / 32;
    }

    private LayerSplit split(List<Integer> best, long ns, long recordedNs) {
        boolean isKnown = job.facts().layers() > 0;
        double now = (double) layers / times.chunks();
        return new LayerSplit(
                isKnown ? best : null,
                best.stream().map(count -> count / now).toList(),
                isKnown ? MegatronLayout.of(best) : null,
                Math.round(times.extraNs(0)),
                Math.round(times.extraNs(times.chunks() - 1)),
                ns,
                recordedNs - ns);
    }

    /** Binary search for the shortest time in which every chunk finishes, each taking as many layers as it can. */
    private List<Integer> shortestLongest() {
        double low = 0;
        double high = 0;
        for (int chunk = 0; chunk < times.chunks(); chunk++) {
            high += times.bodyNs(chunk) + times.extraNs(chunk);
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
        double perLayer = (double) times.chunks() / layers;
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
                && times.between((layers - counts.get(counts.size() - 1)) * perLayer, times.chunks())
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
        double[] ratios = times.ratios(LayerCounts.bounds(counts, times.chunks()));
        Map<Integer, Long> slowest = new TreeMap<>();
        for (SplitStep step : steps) {
            slowest.merge(step.iteration(), step.lengthNs(ratios), Math::max);
            left -= step.tasks();
        }
        return Played.mean(slowest);
    }
}
