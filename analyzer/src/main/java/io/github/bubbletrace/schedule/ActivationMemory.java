package io.github.bubbletrace.schedule;

import java.util.List;

/**
 * How much each device can hold and what a micro-batch's activations take, in one unit: bytes, or activations.
 *
 * @param limit what each device can hold of activations
 * @param activation what a forward takes on each device; one entry stands for all
 * @param weightInput the part of it that stays after the input gradient, until the weight gradient ends; likewise
 */
public record ActivationMemory(long limit, List<Long> activation, List<Long> weightInput) {

    /** @throws IllegalArgumentException where a size is no size or even one activation exceeds the limit, saying which */
    public ActivationMemory {
        activation = List.copyOf(activation);
        weightInput = List.copyOf(weightInput);
        if (activation.isEmpty() || weightInput.isEmpty() || activation.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("an activation takes at least 1 byte");
        }
        for (int device = 0; device < Math.max(activation.size(), weightInput.size()); device++) {
            long whole = of(activation, device);
            long part = of(weightInput, device);
            if (part < 0 || part > whole) {
                throw new IllegalArgumentException(
                        "what the weight gradient needs is a part of the activation: 0 to " + whole);
            }
            if (whole > limit) {
                throw new IllegalArgumentException(
                        "the memory limit of " + limit + " is below one activation, which takes " + whole);
            }
        }
    }

    /** {@code count} activations a device; an activation is held whole until its weight gradient ends. */
    public static ActivationMemory activations(int count) {
        return new ActivationMemory(count, List.of(1L), List.of(1L));
    }

    /** What a forward takes on {@code device}. */
    public long activationOf(int device) {
        return of(activation, device);
    }

    /** What is left of it there between the input gradient's end and the weight gradient's. */
    public long weightInputOf(int device) {
        return of(weightInput, device);
    }

    /** Whether there is one entry for all devices or one for each of {@code devices}. */
    public boolean isFor(int devices) {
        return (activation.size() == 1 || activation.size() == devices)
                && (weightInput.size() == 1 || weightInput.size() == devices);
    }

    /** The most that a device holds which runs {@code order}; a backward without a weight gradient frees all. */
    public long peak(int device, List<Action> order) {
        List<Action> weights =
                order.stream().filter(action -> action.phase() == Phase.W).toList();
        long freedByBackward = weights.isEmpty() ? activationOf(device) : activationOf(device) - weightInputOf(device);
        long held = 0;
        long peak = 0;
        for (Action action : order) {
            held += switch (action.phase()) {
                case F -> activationOf(device);
                case B -> -freedByBackward;
                case W -> -weightInputOf(device);
                default -> 0;
            };
            peak = Math.max(peak, held);
        }
        return peak;
    }

    private static long of(List<Long> sizes, int device) {
        return sizes.get(Math.min(device, sizes.size() - 1));
    }
}
