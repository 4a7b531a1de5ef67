package io.github.bubbletrace.schedule;

import java.util.HashSet;
import java.util.Set;

/** Says why an order can never finish: lets every device run as far as it gets and names the first that is stuck. */
final class Deadlock {

    private final Schedule schedule;
    private final Inputs inputs;
    private final Set<Action> all = new HashSet<>();
    private final Set<Action> done = new HashSet<>();
    private final int[] next;

    private Deadlock(Schedule schedule) {
        this.schedule = schedule;
        inputs = new Inputs(schedule.shape().chunks());
        schedule.orders().forEach(all::addAll);
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
        return run.firstStuck(blocked);
    }

    private void advance(int device) {
        while (next[device] < schedule.order(device).size()) {
            Action action = schedule.order(device).get(next[device]);
            if (!done.containsAll(inputs.of(action, all))) {
                return;
            }
            done.add(action);
            next[device]++;
        }
    }

    private String firstStuck(Action blocked) {
        for (int device = 0; device < next.length; device++) {
            if (next[device] < schedule.order(device).size()) {
                Action stuck = schedule.order(device).get(next[device]);
                return prefix() + "rank " + device + " is stuck at " + stuck + ", which waits for " + missing(stuck);
            }
        }
        return prefix() + "rank " + schedule.deviceOf(blocked.chunk()) + " is stuck at " + blocked
                + ", which waits for blocking transfers that wait for each other";
    }

    private String prefix() {
        Shape shape = schedule.shape();
        return schedule.kind() + " with " + shape.devices() + " stages, " + shape.chunksPerDevice()
                + " chunks per device and " + shape.microBatches() + " micro-batches can never finish: ";
    }

    private String missing(Action stuck) {
        Action input = inputs.of(stuck, all).stream()
                .filter(candidate -> !done.contains(candidate))
                .findFirst()
                .orElseThrow();
        return input + " of rank " + schedule.deviceOf(input.chunk());
    }
}
