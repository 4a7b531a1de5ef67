package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** ZB-V's orders on the devices of one V, each made once. */
final class FoldedOrders {

    private final int devices;
    private final Map<Integer, Schedule> known = new HashMap<>();

    FoldedOrders(int devices) {
        this.devices = devices;
    }

    /** What the device at {@code place} runs of so many micro-batches. */
    List<Action> of(int place, int microBatches) {
        return known.computeIfAbsent(microBatches, count -> ScheduleKind.ZB_V.generate(new Shape(devices, 2, count)))
                .order(place);
    }
}
