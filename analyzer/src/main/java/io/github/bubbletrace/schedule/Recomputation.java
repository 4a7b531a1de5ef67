package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;

/** Full activation recomputation: before each backward its forward runs once more on the same device. */
public final class Recomputation {

    private Recomputation() {}

    /** {@code schedule} with a recomputation before every backward that does not run side by side with a forward. */
    public static Schedule of(Schedule schedule) {
        List<List<Action>> orders = new ArrayList<>();
        for (List<Action> order : schedule.orders()) {
            List<Action> longer = new ArrayList<>();
            for (Action action : order) {
                if (action.phase() == Phase.B && !schedule.isJoined(action)) {
                    longer.add(new Action(Phase.R, action.chunk(), action.microBatch()));
                }
                longer.add(action);
            }
            orders.add(longer);
        }
        return schedule.with(orders);
    }
}
