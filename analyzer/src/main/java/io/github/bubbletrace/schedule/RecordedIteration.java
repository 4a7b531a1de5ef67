package io.github.bubbletrace.schedule;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One iteration's orders as the generators would write them: prefill and decode are forwards, recomputation is left out
 * (a choice about memory that any schedule can make), micro-batches are numbered from 0.
 *
 * @param orders of each device
 * @param microBatches the recorded numbers of the micro-batches, smallest first
 * @param serves whether prefill or decode was recorded
 */
record RecordedIteration(List<List<Action>> orders, List<Integer> microBatches, boolean serves) {

    static RecordedIteration of(List<List<Action>> recorded) {
        List<List<Action>> orders = recorded.stream()
                .map(order -> order.stream()
                        .filter(action -> action.phase() != Phase.R)
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
                .anyMatch(action -> action.phase() == Phase.P || action.phase() == Phase.D);
        return new RecordedIteration(orders, microBatches, serves);
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

    static Set<Phase> phases(List<List<Action>> orders) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        orders.forEach(order -> order.forEach(action -> phases.add(action.phase())));
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
