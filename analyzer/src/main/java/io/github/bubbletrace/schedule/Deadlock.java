package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says why an order can never finish: lets every device run as far as it gets, then follows what the stuck ones wait for
 * until it comes to an action that waits for nothing but its own rank's order, or for what no rank runs.
 */
final class Deadlock {

    private final Schedule schedule;
    private final Inputs inputs;
    private final Set<Action> all;
    private final Set<Action> done = new HashSet<>();
    private final int[] next;

    private Deadlock(Schedule schedule) {
        this.schedule = schedule;
        inputs = schedule.inputs();
        all = schedule.actionSet();
        next = new int[schedule.shape().devices()];
    }

    /**
     * One line with the rank, the action it is stuck at and what that waits for.
     *
     * @param blocked an action that never starts, named where the inputs alone would let every action run
     */
    static String describe(Schedule schedule, Action blocked) {
        Deadlock run = new Deadlock(schedule);
        int before;
        do {
            before = run.done.size();
            for (int device = 0; device < run.next.length; device++) {
                run.advance(device);
            }
        } while (run.done.size() > before);
        return run.prefix() + run.stuck(blocked);
    }

    private void advance(int device) {
        List<Action> block = block(device);
        while (!block.isEmpty() && block.stream().allMatch(action -> isReady(action))) {
            done.addAll(block);
            next[device] += block.size();
            block = block(device);
        }
    }

    private boolean isReady(Action action) {
        return inputs.missing(action, all).isEmpty() && done.containsAll(inputs.of(action, all));
    }

    /** The next action of {@code device} with those that run side by side with it; empty at the end. */
    private List<Action> block(int device) {
        List<Action> order = schedule.order(device);
        List<Action> block = new ArrayList<>();
        for (int at = next[device]; at < order.size() && (block.isEmpty() || schedule.isJoined(order.get(at))); at++) {
            block.add(order.get(at));
        }
        return block;
    }

    private String stuck(Action blocked) {
        int device = 0;
        while (device < next.length && block(device).isEmpty()) {
            device++;
        }
        if (device == next.length) {
            return "rank " + schedule.deviceOf(blocked.chunk()) + " is stuck at " + blocked
                    + ", which waits for blocking transfers that wait for each other";
        }
        return sentence(root(device));
    }

    /** The rank at fault; where the ranks wait for each other in a circle, the one it began with. */
    private int root(int first) {
        Set<Integer> seen = new HashSet<>();
        int device = first;
        while (seen.add(device)) {
            Action wanted = wantedBy(device);
            if (!all.contains(wanted) || schedule.deviceOf(wanted.chunk()) == device) {
                return device;
            }
            device = schedule.deviceOf(wanted.chunk());
        }
        return first;
    }

    private Action stuckAction(int device) {
        return block(device).stream()
                .filter(action -> !isReady(action))
                .findFirst()
                .orElseThrow();
    }

    /** What no rank runs comes first, then what the rank itself would run later. */
    private Action wantedBy(int device) {
        Action stuck = stuckAction(device);
        Optional<Action> nowhere = inputs.missing(stuck, all);
        List<Action> open = inputs.of(stuck, all).stream()
                .filter(input -> !done.contains(input))
                .toList();
        return nowhere.orElseGet(() -> open.stream()
                .filter(input -> schedule.deviceOf(input.chunk()) == device)
                .findFirst()
                .orElseGet(() -> open.get(0)));
    }

    private String sentence(int device) {
        Action wanted = wantedBy(device);
        String where = all.contains(wanted) ? " of rank " + schedule.deviceOf(wanted.chunk()) : ", which no rank runs";
        return "rank " + device + " is stuck at " + stuckAction(device) + ", which waits for " + wanted + where;
    }

    private String prefix() {
        Shape shape = schedule.shape();
        return schedule.kind() + " with " + shape.devices() + " stages, " + shape.chunksPerDevice()
                + " chunks per device and " + shape.microBatches() + " micro-batches can never finish: ";
    }
}
