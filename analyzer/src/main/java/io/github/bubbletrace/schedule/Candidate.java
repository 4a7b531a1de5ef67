package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * One kind held against the recorded iterations: in each it gets its best variant.
 *
 * @param kind the kind
 * @param samePhases whether the kind runs just the phases that were recorded
 * @param misplaced misplaced actions per iteration, on average
 * @param score 1 - misplaced actions / actions
 * @param nearest the best variant of each iteration, micro-batches numbered as recorded
 */
record Candidate(
        ScheduleKind kind, boolean samePhases, double misplaced, double score, List<List<List<Action>>> nearest) {

    /** Holds {@code kind} against {@code iterations}; it must have schedules of their shapes. */
    static Candidate of(ScheduleKind kind, List<RecordedIteration> iterations, int chunksPerDevice) {
        long misplaced = 0;
        long actions = 0;
        boolean samePhases = true;
        List<List<List<Action>>> nearest = new ArrayList<>();
        for (RecordedIteration iteration : iterations) {
            int fewest = Integer.MAX_VALUE;
            List<List<Action>> best = List.of();
            for (Schedule variant : kind.variants(iteration.shape(chunksPerDevice))) {
                List<List<Action>> orders = renumbered(variant, iteration);
                int count = misplaced(iteration, orders);
                if (count < fewest) {
                    fewest = count;
                    best = orders;
                }
            }
            misplaced += fewest;
            actions += iteration.actions();
            samePhases &= iteration.phases().equals(RecordedIteration.phases(best));
            nearest.add(best);
        }
        double average = (double) misplaced / iterations.size();
        return new Candidate(kind, samePhases, average, 1 - (double) misplaced / actions, nearest);
    }

    private static int misplaced(RecordedIteration iteration, List<List<Action>> orders) {
        int count = 0;
        for (int device = 0; device < orders.size(); device++) {
            count += Misplaced.count(iteration.orders().get(device), orders.get(device));
        }
        return count;
    }

    private static List<List<Action>> renumbered(Schedule variant, RecordedIteration iteration) {
        return variant.orders().stream()
                .map(order -> order.stream().map(iteration::recordedNumber).toList())
                .toList();
    }
}
