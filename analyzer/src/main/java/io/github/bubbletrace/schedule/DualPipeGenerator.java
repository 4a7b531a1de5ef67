package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * DualPipe (DeepSeek-V3, 2024): micro-batches enter at both ends, half of them each way through a copy of the model, and
 * meet in the middle; chunk c is direction 0's on device c, chunk p + k direction 1's on device p - 1 - k, and direction 1
 * has the second half of the micro-batches. DualPipe-V cuts that in half: one direction, two chunks a device in a V.
 *
 * <p>In the steady phase the forward of one chunk runs side by side with the backward of the other. Only some backwards
 * are split, where their weight gradient fills a wait.
 */
final class DualPipeGenerator implements ScheduleGenerator {

    private final String kind;
    private final boolean bothWays;

    DualPipeGenerator(String kind, boolean bothWays) {
        this.kind = kind;
        this.bothWays = bothWays;
    }

    @Override
    public Schedule generate(Shape shape) {
        int p = shape.devices();
        List<List<Action>> orders = new ArrayList<>();
        Set<Action> joined = new HashSet<>();
        for (int device = 0; device < p; device++) {
            OrderBuilder order = bothWays ? ofBothWays(shape, device) : ofOneWay(shape, device);
            orders.add(order.order());
            joined.addAll(order.joined());
        }
        int chain = bothWays ? p : 2 * p;
        return new Schedule(kind, shape, orders, Placements.vShaped(p))
                .with(new Inputs(2 * p, chain, 0))
                .overlapping(joined);
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        int p = shape.devices();
        int m = shape.microBatches();
        if (bothWays && (p % 2 != 0 || m % 2 != 0)) {
            return Optional.of(kind + " needs an even number of stages and of micro-batches: half of each way");
        }
        return m < 2 * p
                ? Optional.of(kind + " needs at least twice as many micro-batches as stages")
                : ScheduleGenerator.onlyChunks(2, kind, shape);
    }

    @Override
    public int usualChunks() {
        return 2;
    }

    private static OrderBuilder ofOneWay(Shape shape, int device) {
        int p = shape.devices();
        OrderBuilder order = new OrderBuilder();
        new DualPipeOrder(order, device, 2 * p - 1 - device, device, p).write(shape.microBatches());
        return order;
    }

    /** Seen from its own end, a device of the second half does what its mirror image does. */
    private static OrderBuilder ofBothWays(Shape shape, int device) {
        int p = shape.devices();
        int half = shape.microBatches() / 2;
        OrderBuilder order = new OrderBuilder();
        int mirrored = 2 * p - 1 - device;
        order.begin(mirrored, half);
        boolean second = device >= p / 2;
        int near = second ? mirrored : device;
        int far = second ? device : mirrored;
        new DualPipeOrder(order, near, far, Math.min(device, p - 1 - device), p / 2).write(half);
        return order;
    }
}
