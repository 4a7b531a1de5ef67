package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a schedule has for the devices of a recorded iteration, micro-batches numbered as recorded.
 *
 * @param orders of each recorded device
 * @param joined actions that run side by side with the one before them, so that either may be recorded first
 */
record Expected(List<List<Action>> orders, Set<Action> joined) {

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
            orders.add(device < 0 ? List.of() : renumbered(schedule.order(device), iteration));
        }
        Set<Action> joined = new HashSet<>(renumbered(List.copyOf(schedule.joined()), iteration));
        return Optional.of(new Expected(orders, joined));
    }

    /** {@code schedule} device by device, whatever chunks they run. */
    static Expected byPlace(Schedule schedule, RecordedIteration iteration) {
        return new Expected(
                schedule.orders().stream()
                        .map(order -> renumbered(order, iteration))
                        .toList(),
                Set.of());
    }

    private static List<Action> renumbered(List<Action> actions, RecordedIteration iteration) {
        return actions.stream().map(iteration::recordedNumber).toList();
    }
}
