package io.github.bubbletrace.schedule;

import io.github.bubbletrace.analysis.ScheduleDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One kind held against the recorded iterations: in each it gets its best variant.
 *
 * @param kind the kind
 * @param samePhases whether the kind runs just the phases that were recorded
 * @param misplaced misplaced actions per iteration, on average
 * @param score 1 - misplaced actions / actions
 * @param nearest the best variant of each iteration
 */
record Candidate(ScheduleKind kind, boolean samePhases, double misplaced, double score, List<Expected> nearest) {

    /**
     * Holds {@code kind} over {@code devices} devices against {@code iterations}; it must have schedules of their shapes.
     *
     * @param byPlace whether to compare device by device even where the kind places chunks in another way
     * @return empty where the kind places chunks in another way
     */
    static Optional<Candidate> of(
            ScheduleKind kind, List<RecordedIteration> iterations, int devices, int chunksPerDevice, boolean byPlace) {
        long misplaced = 0;
        long actions = 0;
        boolean samePhases = true;
        List<Expected> nearest = new ArrayList<>();
        for (RecordedIteration iteration : iterations) {
            int fewest = Integer.MAX_VALUE;
            Expected best = null;
            for (Schedule variant : kind.variants(iteration.shape(devices, chunksPerDevice), iteration)) {
                Optional<Expected> expected =
                        byPlace ? Optional.of(Expected.byPlace(variant, iteration)) : Expected.of(variant, iteration);
                int count = expected.map(e -> misplaced(iteration, e)).orElse(Integer.MAX_VALUE);
                if (count < fewest) {
                    fewest = count;
                    best = expected.orElseThrow();
                }
            }
            if (best == null) {
                return Optional.empty();
            }
            misplaced += fewest;
            actions += actions(iteration, best);
            samePhases &= iteration.phases().equals(RecordedIteration.phases(best.orders()));
            nearest.add(best);
        }
        double average = (double) misplaced / iterations.size();
        return Optional.of(new Candidate(kind, samePhases, average, 1 - (double) misplaced / actions, nearest));
    }

    /** What the order is like that fits best. */
    ScheduleDetails details(List<RecordedIteration> iterations) {
        Shape shape = nearest.get(0).shape();
        Integer group = kind == ScheduleKind.INTERLEAVED ? Integer.valueOf(shape.groupSize()) : null;
        return new ScheduleDetails(
                shape.devices(), group, iterations.get(0).recomputed().place());
    }

    /** On each device as many as the longer of the two orders has. */
    private static long actions(RecordedIteration iteration, Expected expected) {
        long count = 0;
        for (int device = 0; device < expected.orders().size(); device++) {
            count += Math.max(
                    iteration.orders().get(device).size(),
                    expected.orders().get(device).size());
        }
        return count;
    }

    private static int misplaced(RecordedIteration iteration, Expected expected) {
        int count = 0;
        for (int device = 0; device < expected.orders().size(); device++) {
            count += Misplaced.count(
                    iteration.orders().get(device), expected.orders().get(device), expected.joined());
        }
        return count;
    }
}
