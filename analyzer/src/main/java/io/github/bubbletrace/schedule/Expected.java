package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a schedule has for the devices of a recorded iteration, micro-batches numbered as recorded.
 *
 * @param shape the schedule's
 * @param orders of each recorded device, with the recomputations that were recorded right before their backwards
 * @param joined actions that run side by side with the one before them, so that either may be recorded first
 */
record Expected(Shape shape, List<List<Action>> orders, Set<Action> joined) {

    /**
     * {@code schedule} for the recorded devices; empty where one of them runs chunks that the schedule has not placed
     * together.
     */
    static Optional<Expected> of(Schedule schedule, RecordedIteration iteration) {
        List<List<Action>> orders = new ArrayList<>();
        for (List<Action> recorded : iteration.orders()) {
            int device = -1;
            for (Action action : recorded) {
                boolean known = action.chunk() < schedule.shape().chunks();
                int holder = known ? schedule.deviceOf(action.chunk()) : -1;
                if (!known || (device >= 0 && holder != device)) {
                    return Optional.empty();
                }
                device = holder;
            }
            orders.add(device < 0 ? List.of() : ordered(schedule.order(device), schedule, iteration));
        }
        Set<Action> joined = new HashSet<>();
        schedule.joined().forEach(action -> joined.add(iteration.recordedNumber(action)));
        return Optional.of(new Expected(schedule.shape(), orders, joined));
    }

    /** {@code schedule} device by device, whatever chunks they run. */
    static Expected byPlace(Schedule schedule, RecordedIteration iteration) {
        return new Expected(
                schedule.shape(),
                schedule.orders().stream()
                        .map(order -> ordered(order, schedule, iteration))
                        .toList(),
                Set.of());
    }

    private static List<Action> ordered(List<Action> order, Schedule schedule, RecordedIteration iteration) {
        List<Action> ordered = new ArrayList<>();
        for (Action generated : order) {
            Action action = iteration.recordedNumber(generated);
            if (iteration.recomputed().isComparedBefore(action)) {
                int beside = schedule.isJoined(generated) ? 1 : 0;
                ordered.add(ordered.size() - beside, RecordedRecomputation.of(action));
            }
            ordered.add(action);
        }
        return ordered;
    }
}
