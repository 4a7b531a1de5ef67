package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** The order of actions on every device for one iteration, and which device holds which chunk. Immutable. */
public final class Schedule {

    private final String kind;
    private final Shape shape;
    private final List<List<Action>> orders;
    private final List<Integer> deviceOfChunk;
    private final List<Integer> localChunk;
    private final boolean splitsBackward;

    /**
     * A schedule with any placement.
     *
     * @param kind name, as {@code 1f1b}
     * @param orders the actions of each device, first to run first
     * @param deviceOfChunk the device of each chunk, first chunk first
     * @throws IllegalArgumentException where an action stands on a device that does not hold its chunk, or stands twice
     */
    public Schedule(String kind, Shape shape, List<List<Action>> orders, List<Integer> deviceOfChunk) {
        this.kind = kind;
        this.shape = shape;
        this.orders = orders.stream().map(List::copyOf).toList();
        this.deviceOfChunk = List.copyOf(deviceOfChunk);
        localChunk = localChunks(deviceOfChunk);
        splitsBackward = orders.stream().flatMap(List::stream).anyMatch(a -> a.phase() == Phase.W);
        check();
    }

    /**
     * A schedule with Megatron's placement: chunk c lies on device c mod p.
     *
     * @param orderOfDevice the actions of each device, first to run first
     */
    public static Schedule roundRobin(String kind, Shape shape, IntFunction<List<Action>> orderOfDevice) {
        List<List<Action>> orders = new ArrayList<>();
        for (int device = 0; device < shape.devices(); device++) {
            orders.add(orderOfDevice.apply(device));
        }
        List<Integer> placement = new ArrayList<>();
        for (int chunk = 0; chunk < shape.chunks(); chunk++) {
            placement.add(chunk % shape.devices());
        }
        return new Schedule(kind, shape, orders, placement);
    }

    /** The schedule's name, as {@code 1f1b}. */
    public String kind() {
        return kind;
    }

    /** Devices, chunks a device and micro-batches. */
    public Shape shape() {
        return shape;
    }

    /** The order of every device. */
    public List<List<Action>> orders() {
        return orders;
    }

    /** The actions of {@code device}, first to run first. */
    public List<Action> order(int device) {
        return orders.get(device);
    }

    /** The device that holds {@code chunk}. */
    public int deviceOf(int chunk) {
        return deviceOfChunk.get(chunk);
    }

    /** The place of {@code chunk} among the chunks of its own device, 0 is the first. */
    public int localChunk(int chunk) {
        return localChunk.get(chunk);
    }

    /** Whether the weight gradient is a task of its own, so that B is only the input gradient. */
    public boolean splitsBackward() {
        return splitsBackward;
    }

    /** How many actions all devices run together. */
    public int actions() {
        return orders.stream().mapToInt(List::size).sum();
    }

    private static List<Integer> localChunks(List<Integer> deviceOfChunk) {
        Map<Integer, Integer> held = new HashMap<>();
        List<Integer> local = new ArrayList<>();
        for (int device : deviceOfChunk) {
            local.add(held.merge(device, 1, Integer::sum) - 1);
        }
        return List.copyOf(local);
    }

    private void check() {
        Set<Action> seen = new HashSet<>();
        for (int device = 0; device < orders.size(); device++) {
            for (Action action : orders.get(device)) {
                if (deviceOf(action.chunk()) != device || !seen.add(action)) {
                    throw new IllegalArgumentException("rank " + device + ": " + action + " is misplaced or repeated");
                }
            }
        }
    }
}
