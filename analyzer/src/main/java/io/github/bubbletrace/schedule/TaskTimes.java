package io.github.bubbletrace.schedule;

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
 * @param draftNs what the last chunk adds to every batch to draft tokens that the next pass verifies
 */
public record TaskTimes(
        long forwardNs,
        long backwardNs,
        OptionalLong weightNs,
        OptionalLong overlapNs,
        OptionalLong recomputeNs,
        OptionalLong prefillNs,
        long draftNs) {

    /** @throws IllegalArgumentException where a time is negative */
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
    }

    /** Forward and backward times; overlaps save nothing, recomputation and prefill take a forward's time. */
    public TaskTimes(long forwardNs, long backwardNs, OptionalLong weightNs) {
        this(forwardNs, backwardNs, weightNs, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 0);
    }

    /** Times with the weight gradient inside the backward. */
    public static TaskTimes of(long forwardNs, long backwardNs) {
        return new TaskTimes(forwardNs, backwardNs, OptionalLong.empty());
    }

    /** The same with the time of a forward and a backward side by side. */
    public TaskTimes withOverlap(long ns) {
        return new TaskTimes(forwardNs, backwardNs, weightNs, OptionalLong.of(ns), recomputeNs, prefillNs, draftNs);
    }

    /** The same with the times of an inference engine. */
    public TaskTimes serving(OptionalLong newPrefillNs, long newDraftNs) {
        return new TaskTimes(forwardNs, backwardNs, weightNs, overlapNs, recomputeNs, newPrefillNs, newDraftNs);
    }

    /** The same with the time of a recomputation. */
    public TaskTimes withRecompute(long ns) {
        return new TaskTimes(forwardNs, backwardNs, weightNs, overlapNs, OptionalLong.of(ns), prefillNs, draftNs);
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
            case F, D -> forwardNs;
            case P -> prefillNs.orElse(forwardNs);
            case R -> recomputeNs.orElse(forwardNs);
            case B -> schedule.isSplit(action) ? backwardNs : fullBackwardNs();
            case W -> weightNs.orElse(0);
        };
        boolean drafts =
                action.phase() == Phase.D && action.chunk() == schedule.shape().chunks() - 1;
        return share(wholeNs, action, schedule) + (drafts ? draftNs : 0);
    }

    /** How long {@code action} takes side by side with {@code backward}; both take that long. */
    long besideNs(Action action, Action backward, Schedule schedule) {
        return overlapNs.isPresent()
                ? share(overlapNs.getAsLong(), action, schedule)
                : ofNs(action, schedule) + ofNs(backward, schedule);
    }

    private static long share(long wholeNs, Action action, Schedule schedule) {
        int chunks = schedule.passedPerDevice();
        int place = schedule.localChunk(action.chunk()) % chunks;
        return Math.multiplyExact(wholeNs, place + 1L) / chunks - wholeNs * place / chunks;
    }
}
