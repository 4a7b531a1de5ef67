package io.github.bubbletrace.schedule;

import java.util.List;
import java.util.OptionalLong;

/**
 * How long a device computes for one micro-batch, over all its chunks together, in nanoseconds.
 *
 * @param forwardNs the forward
 * @param backwardNs the backward; its input gradient where the weight gradient has a time of its own
 * @param weightNs the weight gradient, or empty where it is part of the backward
 * @param overlapNs a forward and a backward side by side; empty where that takes as long as one after the other
 * @param recomputeNs the recomputation of a forward, where a schedule has one; empty for as long as the forward
 * @param prefillNs a prefill; empty for as long as the forward
 * @param draftNs how long the last device drafts the tokens that a batch's next pass verifies
 * @param sizes factors of all times, by micro-batch and over again: batches and sequences of different lengths; empty for
 *     all alike
 */
public record TaskTimes(
        long forwardNs,
        long backwardNs,
        OptionalLong weightNs,
        OptionalLong overlapNs,
        OptionalLong recomputeNs,
        OptionalLong prefillNs,
        long draftNs,
        List<Double> sizes) {

    /** Largest factor of a micro-batch. */
    private static final double LARGEST = 1000;

    /** @throws IllegalArgumentException where a time is negative or a size is none */
    public TaskTimes {
        if (forwardNs < 0
                || backwardNs < 0
                || weightNs.orElse(0) < 0
                || overlapNs.orElse(0) < 0
                || recomputeNs.orElse(0) < 0
                || prefillNs.orElse(0) < 0
                || draftNs < 0) {
            throw new IllegalArgumentException("a task's time cannot be negative");
        }
        sizes = List.copyOf(sizes);
        if (sizes.stream().anyMatch(size -> !(size > 0 && size <= LARGEST))) {
            throw new IllegalArgumentException("a size is a factor above 0 and up to " + (long) LARGEST);
        }
    }

    /** Forward and backward times; overlaps save nothing, recomputation and prefill take a forward's time. */
    public TaskTimes(long forwardNs, long backwardNs, OptionalLong weightNs) {
        this(
                forwardNs,
                backwardNs,
                weightNs,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0,
                List.of());
    }

    /** Times with the weight gradient inside the backward. */
    public static TaskTimes of(long forwardNs, long backwardNs) {
        return new TaskTimes(forwardNs, backwardNs, OptionalLong.empty());
    }

    /** The same with the time of a forward and a backward side by side. */
    public TaskTimes withOverlap(long ns) {
        return new TaskTimes(
                forwardNs, backwardNs, weightNs, OptionalLong.of(ns), recomputeNs, prefillNs, draftNs, sizes);
    }

    /** The same with the times of an inference engine. */
    public TaskTimes serving(OptionalLong newPrefillNs, long newDraftNs) {
        return new TaskTimes(forwardNs, backwardNs, weightNs, overlapNs, recomputeNs, newPrefillNs, newDraftNs, sizes);
    }

    /** The same with the time of a recomputation. */
    public TaskTimes withRecompute(long ns) {
        return new TaskTimes(
                forwardNs, backwardNs, weightNs, overlapNs, OptionalLong.of(ns), prefillNs, draftNs, sizes);
    }

    /** The backward of a schedule that does not split it: input and weight gradient. */
    public long fullBackwardNs() {
        return backwardNs + weightNs.orElse(0);
    }

    /**
     * How long {@code action} takes by itself: its chunk's share of the device's time. Shares are whole nanoseconds that
     * sum to the device's time, so they differ by at most one.
     */
    public long ofNs(Action action, Schedule schedule) {
        long wholeNs = switch (action.phase()) {
            case F, D, V -> forwardNs;
            case S -> draftNs;
            case P -> prefillNs.orElse(forwardNs);
            case R -> recomputeNs.orElse(forwardNs);
            case B -> schedule.isSplit(action) ? backwardNs : fullBackwardNs();
            case W -> weightNs.orElse(0);
        };
        return sized(share(wholeNs, action, schedule), action.microBatch());
    }

    /** The mean factor of the micro-batches. */
    double meanSize() {
        return sizes.stream().mapToDouble(Double::doubleValue).average().orElse(1);
    }

    private long sized(long ns, int microBatch) {
        return sizes.isEmpty() ? ns : Math.round(ns * sizes.get(microBatch % sizes.size()));
    }

    /** The same with micro-batches of different sizes. */
    public TaskTimes sized(List<Double> factors) {
        return new TaskTimes(forwardNs, backwardNs, weightNs, overlapNs, recomputeNs, prefillNs, draftNs, factors);
    }

    /** How long {@code action} takes side by side with {@code backward}; both take that long. */
    long besideNs(Action action, Action backward, Schedule schedule) {
        return overlapNs.isPresent()
                ? sized(share(overlapNs.getAsLong(), action, schedule), backward.microBatch())
                : ofNs(action, schedule) + ofNs(backward, schedule);
    }

    private static long share(long wholeNs, Action action, Schedule schedule) {
        int chunks = schedule.passedPerDevice();
        int place = schedule.localChunk(action.chunk()) % chunks;
        return Math.multiplyExact(wholeNs, place + 1L) / chunks - wholeNs * place / chunks;
    }
}
