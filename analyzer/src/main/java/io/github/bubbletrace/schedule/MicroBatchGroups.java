package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes micro-batches through a device's chunks group by group: all of a group on the first chunk, then all of it on the
 * second, and so on. The last group is shorter where the groups do not divide the micro-batches.
 *
 * @param group how many micro-batches a group has
 */
record MicroBatchGroups(Shape shape, int group) {

    /** The forwards of {@code device} in order, chunks upwards. */
    List<Action> forwards(int device) {
        return pass(Phase.F, device);
    }

    /** The backwards of {@code device} in order, chunks downwards. */
    List<Action> backwards(int device) {
        return pass(Phase.B, device);
    }

    /**
     * {@code warmUp} forwards, then a forward and a backward in turn, then the backwards that are left.
     *
     * @param warmUp how many forwards come before the first pair; all of them where it is more than there are
     */
    List<Action> warmedUp(int device, int warmUp) {
        List<Action> forwards = forwards(device);
        List<Action> backwards = backwards(device);
        int ahead = Math.min(warmUp, forwards.size());
        List<Action> order = new ArrayList<>(forwards.subList(0, ahead));
        for (int i = 0; i < backwards.size(); i++) {
            if (ahead + i < forwards.size()) {
                order.add(forwards.get(ahead + i));
            }
            order.add(backwards.get(i));
        }
        return order;
    }

    private List<Action> pass(Phase phase, int device) {
        int v = shape.chunksPerDevice();
        int m = shape.microBatches();
        List<Action> actions = new ArrayList<>(m * v);
        for (int first = 0; first < m; first += group) {
            for (int i = 0; i < v; i++) {
                int chunk = (phase == Phase.F ? i : v - 1 - i) * shape.devices() + device;
                for (int mb = first; mb < Math.min(m, first + group); mb++) {
                    actions.add(new Action(phase, chunk, mb));
                }
            }
        }
        return actions;
    }
}
