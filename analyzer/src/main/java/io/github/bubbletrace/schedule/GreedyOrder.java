package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Writes a schedule by playing it: whenever a device is free it takes the forward or backward whose input is there first,
 * and fills waits with weight gradients (the heuristic of Qi et al. 2024, section 3). A forward for which there is no room
 * makes the device work off weight gradients first. The device whose next task starts earliest always goes next, so no input
 * that a choice did not know of can come before that choice.
 */
final class GreedyOrder {

    /** The next task of a device: {@code stamp} tells an outdated one. */
    private record Next(int device, Phase phase, long startNs, int stamp) {}

    private static final Comparator<Next> EARLIEST =
            Comparator.comparingLong(Next::startNs).thenComparing(Next::device, Comparator.reverseOrder());
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final Shape shape;
    private final long forwardNs;
    private final long backwardNs;
    private final long weightNs;
    private final long transferNs;
    private final ActivationMemory memory;
    private final GreedyRules rules;
    private final TaskTimes times;

    private final List<List<Action>> orders = new ArrayList<>();
    private final int[] forwards;
    private final int[] backwards;
    private final int[] weights;
    private final long[] freeNs;
    private final int[] stamp;
    private final long[][] forwardEndNs;
    private final long[][] backwardEndNs;
    private final PriorityQueue<Next> queue = new PriorityQueue<>(EARLIEST);

    private GreedyOrder(Shape shape, TaskTimes times, long transferNs, ActivationMemory memory, GreedyRules rules) {
        this.shape = shape;
        this.times = times;
        forwardNs = times.forwardNs();
        backwardNs = times.backwardNs();
        weightNs = times.weightNs().orElse(0);
        this.transferNs = transferNs;
        this.memory = memory;
        this.rules = rules;
        int p = shape.devices();
        forwards = new int[p];
        backwards = new int[p];
        weights = new int[p];
        freeNs = new long[p];
        stamp = new int[p];
        forwardEndNs = new long[p][shape.microBatches()];
        backwardEndNs = new long[p][shape.microBatches()];
    }

    /** The order of every device, and how long it takes. */
    static TimedOrders of(Shape shape, TaskTimes times, long transferNs, ActivationMemory memory, GreedyRules rules) {
        GreedyOrder greedy = new GreedyOrder(shape, times, transferNs, memory, rules);
        greedy.play();
        return new TimedOrders(greedy.orders, Arrays.stream(greedy.freeNs).max().orElse(0));
    }

    private void play() {
        for (int device = 0; device < shape.devices(); device++) {
            orders.add(new ArrayList<>(3 * shape.microBatches()));
        }
        for (int device = 0; device < shape.devices(); device++) {
            offer(device);
        }
        while (!queue.isEmpty()) {
            Next next = queue.remove();
            if (next.stamp() == stamp[next.device()]) {
                run(next);
            }
        }
    }

    private void run(Next next) {
        int device = next.device();
        int microBatch;
        long endNs = next.startNs();
        switch (next.phase()) {
            case F -> {
                microBatch = forwards[device]++;
                endNs += forwardNs;
                forwardEndNs[device][microBatch] = endNs;
            }
            case B -> {
                microBatch = backwards[device]++;
                endNs += backwardNs;
                backwardEndNs[device][microBatch] = endNs;
            }
            default -> {
                microBatch = weights[device]++;
                endNs += weightNs;
            }
        }
        orders.get(device).add(new Action(next.phase(), device, microBatch));
        freeNs[device] = endNs;
        for (int near = Math.max(0, device - 1); near <= Math.min(shape.devices() - 1, device + 1); near++) {
            offer(near);
        }
    }

    private void offer(int device) {
        stamp[device]++;
        boolean owes = weights[device] < backwards[device];
        boolean room = hasRoom(device);
        long forwardAt = forwardAt(device);
        long forward = room ? forwardAt : UNKNOWN;
        long backward = backwardAt(device);
        boolean takesForward = forward < backward || (forward == backward && rules.forwardFirst());
        long soonest = Math.min(forward, backward);
        boolean mustWork = owes
                && (owed(device) > rules.mostLate(device, times, transferNs)
                        || (!room && forwardAt <= backward && isAhead(device)));
        long gap = soonest == UNKNOWN ? UNKNOWN : soonest - freeNs[device];
        boolean fills = owes && gap > 0 && gap >= rules.leastGap() * weightNs;
        if (mustWork || fills) {
            queue.add(new Next(device, Phase.W, freeNs[device], stamp[device]));
        } else if (soonest != UNKNOWN) {
            queue.add(new Next(device, takesForward ? Phase.F : Phase.B, soonest, stamp[device]));
        }
    }

    private int owed(int device) {
        return backwards[device] - weights[device];
    }

    private boolean isAhead(int device) {
        return forwards[device] - backwards[device] < rules.mostAhead(shape.devices() - 1 - device, times, transferNs);
    }

    private boolean hasRoom(int device) {
        long held = memory.activationOf(device) * (forwards[device] - backwards[device])
                + memory.weightInputOf(device) * owed(device);
        return held + memory.activationOf(device) <= memory.limit() && isAhead(device);
    }

    private long forwardAt(int device) {
        int microBatch = forwards[device];
        if (microBatch == shape.microBatches() || (device > 0 && forwards[device - 1] <= microBatch)) {
            return UNKNOWN;
        }
        return device == 0 ? freeNs[0] : Math.max(freeNs[device], forwardEndNs[device - 1][microBatch] + transferNs);
    }

    private long backwardAt(int device) {
        int microBatch = backwards[device];
        boolean last = device == shape.devices() - 1;
        int done = last ? forwards[device] : Math.min(forwards[device], backwards[device + 1]);
        if (done <= microBatch) {
            return UNKNOWN;
        }
        return last ? freeNs[device] : Math.max(freeNs[device], backwardEndNs[device + 1][microBatch] + transferNs);
    }
}
