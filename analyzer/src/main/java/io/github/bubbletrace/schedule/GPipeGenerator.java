package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * All forwards, then all backwards, which run in the forwards' order (as PyTorch does) or in the opposite one (as the
 * paper draws it). With several chunks a device takes them breadth first (Lamy-Poirier 2023): all micro-batches of a
 * chunk before its next chunk. Interleaved Megatron runs with as many micro-batches as devices had this order too before
 * Megatron-Core gave them a steady phase.
 */
final class GPipeGenerator implements ScheduleGenerator {

    @Override
    public Schedule generate(Shape shape) {
        return schedule(shape, false);
    }

    @Override
    public List<Schedule> variants(Shape shape) {
        return List.of(schedule(shape, false), schedule(shape, true));
    }

    private static Schedule schedule(Shape shape, boolean reversed) {
        return Schedule.roundRobin("gpipe", shape, device -> order(shape, device, reversed));
    }

    private static List<Action> order(Shape shape, int device, boolean reversed) {
        int p = shape.devices();
        int m = shape.microBatches();
        List<Action> order = new ArrayList<>();
        for (int local = 0; local < shape.chunksPerDevice(); local++) {
            for (int mb = 0; mb < m; mb++) {
                order.add(new Action(Phase.F, local * p + device, mb));
            }
        }
        for (int local = shape.chunksPerDevice() - 1; local >= 0; local--) {
            for (int i = 0; i < m; i++) {
                order.add(new Action(Phase.B, local * p + device, reversed ? m - 1 - i : i));
            }
        }
        return order;
    }
}
