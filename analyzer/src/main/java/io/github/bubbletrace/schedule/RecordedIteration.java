package io.github.bubbletrace.schedule;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One iteration's orders as the generators would write them: prefill, decode and verification are forwards, drafts are left out. Micro-batches keep their
 * recorded numbers.
 *
 * @param orders of each device; without recomputations where these are not compared
 * @param microBatches the recorded numbers of the micro-batches, smallest first
 * @param serves whether phases of an inference engine were recorded
 * @param recomputed the recomputations, and where they run
 */
record RecordedIteration(
        List<List<Action>> orders, List<Integer> microBatches, boolean serves, RecordedRecomputation recomputed) {

    /** As it is held against kinds, which have no recomputations of their own. */
    static RecordedIteration of(List<List<Action>> recorded) {
        return of(recorded, RecordedRecomputation.of(recorded));
    }

    /** As it is held against {@code wanted}, whose recomputations, if it has some, are to be found where it has them. */
    static RecordedIteration of(List<List<Action>> recorded, Schedule wanted) {
        boolean recomputes =
                wanted.orders().stream().flatMap(List::stream).anyMatch(action -> action.phase() == Phase.R);
        return recomputes ? of(recorded, RecordedRecomputation.AS_RECORDED) : of(recorded);
    }

    private static RecordedIteration of(List<List<Action>> recorded, RecordedRecomputation recomputed) {
        List<List<Action>> orders = recorded.stream()
                .map(order -> order.stream()
                        .filter(action -> action.phase() != Phase.S)
                        .filter(action -> action.phase() != Phase.R || recomputed.isCompared())
                        .map(RecordedIteration::plain)
                        .toList())
                .toList();
        List<Integer> microBatches = orders.stream()
                .flatMap(List::stream)
                .map(Action::microBatch)
                .distinct()
                .sorted()
                .toList();
        boolean serves = recorded.stream()
                .flatMap(List::stream)
                .anyMatch(action -> action.phase().isServing());
        return new RecordedIteration(orders, microBatches, serves, recomputed);
    }

    /** The shape that a generator needs to write this iteration. */
    Shape shape(int devices, int chunksPerDevice) {
        return new Shape(devices, chunksPerDevice, microBatches.size());
    }

    /** How many actions all devices ran. */
    int actions() {
        return orders.stream().mapToInt(List::size).sum();
    }

    Set<Phase> phases() {
        return RecordedIteration.phases(orders);
    }

    /** The phases that tell kinds apart: any kind may recompute. */
    static Set<Phase> phases(List<List<Action>> orders) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        orders.forEach(order -> order.forEach(action -> phases.add(action.phase())));
        phases.remove(Phase.R);
        return phases;
    }

    /** A generated action with the recorded number of its micro-batch. */
    Action recordedNumber(Action generated) {
        return plain(new Action(generated.phase(), generated.chunk(), microBatches.get(generated.microBatch())));
    }

    private static Action plain(Action action) {
        return action.phase().isForward() ? new Action(Phase.F, action.chunk(), action.microBatch()) : action;
    }
}
