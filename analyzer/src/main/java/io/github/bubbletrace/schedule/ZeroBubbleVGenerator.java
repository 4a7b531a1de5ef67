package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ZB-V (Qi et al. 2024): two chunks a device in a V, so that the last chunk lies with the first and a backward starts where
 * the loss is. Device r fills with 2 (p - r) - 1 forwards of its first chunk, r pairs of both, and p - r rounds of F B W
 * of its second; then F B W of both chunks in turn; the last backwards come two by two, their weight gradients fill the
 * end. The order is made for at least 2p - 1 micro-batches; of fewer, those that are not there are left out.
 */
final class ZeroBubbleVGenerator implements ScheduleGenerator {

    private static final String KIND = "zb-v";

    @Override
    public Schedule generate(Shape shape) {
        List<List<Action>> orders = new ArrayList<>();
        for (int device = 0; device < shape.devices(); device++) {
            List<Action> order =
                    order(shape.devices(), device, Math.max(2 * shape.devices() - 1, shape.microBatches()));
            orders.add(order.stream()
                    .filter(action -> action.microBatch() < shape.microBatches())
                    .toList());
        }
        return new Schedule(KIND, shape, orders, Placements.vShaped(shape.devices()));
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        return ScheduleGenerator.onlyChunks(2, KIND, shape);
    }

    @Override
    public int usualChunks() {
        return 2;
    }

    private static List<Action> order(int p, int device, int m) {
        int down = device;
        int up = 2 * p - 1 - device;
        OrderBuilder order = new OrderBuilder();
        fill(order, p, device, down, up);
        while (order.count(Phase.F, up) < order.count(Phase.F, down) || order.count(Phase.F, down) < m) {
            if (order.count(Phase.F, down) < m) {
                order.add(Phase.F, down);
            }
            order.add(Phase.B, down);
            order.add(Phase.W, down);
            order.add(Phase.F, up);
            order.add(Phase.B, up);
            order.add(Phase.W, up);
        }
        drain(order, p, device, down, up);
        return order.order();
    }

    private static void fill(OrderBuilder order, int p, int device, int down, int up) {
        for (int i = 0; i < 2 * (p - device) - 1; i++) {
            order.add(Phase.F, down);
        }
        for (int i = 0; i < device; i++) {
            order.add(Phase.F, up);
            order.add(Phase.F, down);
        }
        for (int i = 0; i < p - device; i++) {
            order.add(Phase.F, up);
            order.add(Phase.B, up);
            order.add(Phase.W, up);
        }
    }

    private static void drain(OrderBuilder order, int p, int device, int down, int up) {
        for (int i = 0; i < device; i++) {
            order.add(Phase.B, down);
            order.add(Phase.B, up);
        }
        for (int i = 0; i < p - device; i++) {
            order.add(Phase.B, down);
            order.add(Phase.W, down);
        }
        for (int chunk : new int[] {up, down}) {
            while (order.count(Phase.W, chunk) < order.count(Phase.B, chunk)) {
                order.add(Phase.W, chunk);
            }
        }
    }
}
