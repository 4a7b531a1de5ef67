package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;

/** Each micro-batch goes forward through all chunks and back before the next one starts. */
final class NaiveGenerator implements ScheduleGenerator {

    @Override
    public Schedule generate(Shape shape) {
        return Schedule.roundRobin("naive", shape, device -> order(shape, device));
    }

    private static List<Action> order(Shape shape, int device) {
        int p = shape.devices();
        List<Action> order = new ArrayList<>();
        for (int mb = 0; mb < shape.microBatches(); mb++) {
            for (int local = 0; local < shape.chunksPerDevice(); local++) {
                order.add(new Action(Phase.F, local * p + device, mb));
            }
            for (int local = shape.chunksPerDevice() - 1; local >= 0; local--) {
                order.add(new Action(Phase.B, local * p + device, mb));
            }
        }
        return order;
    }
}
