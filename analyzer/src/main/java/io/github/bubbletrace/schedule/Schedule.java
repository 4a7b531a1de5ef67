package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The order of actions on every device for one iteration, which device holds which chunk, and what waits for what.
 * Immutable.
 */
public final class Schedule {

    private final String kind;
    private final Shape shape;
    private final List<List<Action>> orders;
    private final List<Integer> deviceOfChunk;
    private final List<Integer> localChunk;
    private final Inputs inputs;
    private final Set<Action> joined;
    private final ActionNumbers numbers;

    /**
     * A schedule with any placement, whose micro-batches pass all chunks.
     *
     * @param kind name, as {@code 1f1b}
     * @param orders the actions of each device, first to run first
     * @param deviceOfChunk the device of each chunk, first chunk first
     * @throws IllegalArgumentException where an action stands on a device that does not hold its chunk, or stands twice
     */
    public Schedule(String kind, Shape shape, List<List<Action>> orders, List<Integer> deviceOfChunk) {
        this(kind, shape, orders, deviceOfChunk, new Inputs(shape.chunks()), Set.of());
    }

    private Schedule(
            String kind,
            Shape shape,
            List<List<Action>> orders,
            List<Integer> deviceOfChunk,
            Inputs inputs,
            Set<Action> joined) {
        this.kind = kind;
        this.shape = shape;
        this.orders = orders.stream().map(List::copyOf).toList();
        this.deviceOfChunk = List.copyOf(deviceOfChunk);
        this.inputs = inputs;
        this.joined = Set.copyOf(joined);
        localChunk = localChunks(deviceOfChunk);
        numbers = numbered();
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
        return new Schedule(kind, shape, orders, Placements.roundRobin(shape));
    }

    /** The same orders with other rules about what waits for what. */
    public Schedule with(Inputs rules) {
        return new Schedule(kind, shape, orders, deviceOfChunk, rules, joined);
    }

    /** The same schedule in which each of {@code actions} runs side by side with the action before it. */
    public Schedule overlapping(Set<Action> actions) {
        return new Schedule(kind, shape, orders, deviceOfChunk, inputs, actions);
    }

    /** The same placement, rules and overlaps with other orders. */
    public Schedule with(List<List<Action>> otherOrders) {
        return new Schedule(kind, shape, otherOrders, deviceOfChunk, inputs, joined);
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

    /** What waits for what. */
    public Inputs inputs() {
        return inputs;
    }

    /** Whether {@code action} runs side by side with the action before it, as one block. */
    public boolean isJoined(Action action) {
        return joined.contains(action);
    }

    /** The actions that run side by side with the one before them. */
    public Set<Action> joined() {
        return joined;
    }

    /** Whether any device runs {@code action}. */
    public boolean contains(Action action) {
        return numbers.of(action) >= 0;
    }

    /** Actions in the order of the devices, each device's in its own order. */
    ActionNumbers numbers() {
        return numbers;
    }

    /** Every action of every device. */
    Set<Action> actionSet() {
        return orders.stream().flatMap(List::stream).collect(Collectors.toSet());
    }

    /** The device of every chunk, first chunk first. */
    public List<Integer> placement() {
        return deviceOfChunk;
    }

    /** The device that holds {@code chunk}. */
    public int deviceOf(int chunk) {
        return deviceOfChunk.get(chunk);
    }

    /** The place of {@code chunk} among the chunks of its own device, 0 is the first. */
    public int localChunk(int chunk) {
        return localChunk.get(chunk);
    }

    /** How many chunks of a device a micro-batch passes: one in DualPipe, whose two directions are two copies. */
    public int passedPerDevice() {
        return Math.max(1, shape.chunksPerDevice() * inputs.chain() / inputs.chunks());
    }

    /** Whether {@code backward} is only the input gradient, because its weight gradient is a task of its own. */
    public boolean isSplit(Action backward) {
        return contains(new Action(Phase.W, backward.chunk(), backward.microBatch()));
    }

    /** How many actions all devices run together. */
    public int actions() {
        return numbers.count();
    }

    private static List<Integer> localChunks(List<Integer> deviceOfChunk) {
        Map<Integer, Integer> held = new HashMap<>();
        List<Integer> local = new ArrayList<>();
        for (int device : deviceOfChunk) {
            local.add(held.merge(device, 1, Integer::sum) - 1);
        }
        return List.copyOf(local);
    }

    private ActionNumbers numbered() {
        ActionNumbers all =
                new ActionNumbers(orders.stream().mapToInt(List::size).sum());
        for (int device = 0; device < orders.size(); device++) {
            for (Action action : orders.get(device)) {
                boolean known = action.chunk() >= 0 && action.chunk() < deviceOfChunk.size();
                if (!known || deviceOf(action.chunk()) != device || !all.add(action)) {
                    throw new IllegalArgumentException("rank " + device + ": " + action + " is misplaced or repeated");
                }
            }
        }
        return all;
    }
}
