package io.github.bubbletrace.schedule;

import java.util.OptionalLong;

/**
 * How long a device computes for one micro-batch, over all its chunks together, in nanoseconds.
 *
 * @param forwardNs the forward
 * @param backwardNs the backward; its input gradient where the weight gradient has a time of its own
 * @param weightNs the weight gradient, or empty where it is part of the backward
 */
public record TaskTimes(long forwardNs, long backwardNs, OptionalLong weightNs) {

    /** @throws IllegalArgumentException where a time is negative */
    public TaskTimes {
        if (forwardNs < 0 || backwardNs < 0 || weightNs.orElse(0) < 0) {
            throw new IllegalArgumentException("a task's time cannot be negative");
        }
    }

    /** Times with the weight gradient inside the backward. */
    public static TaskTimes of(long forwardNs, long backwardNs) {
        return new TaskTimes(forwardNs, backwardNs, OptionalLong.empty());
    }

    /** The backward of a schedule that does not split it: input and weight gradient. */
    public long fullBackwardNs() {
        return backwardNs + weightNs.orElse(0);
    }

    /**
     * How long {@code action} takes: its chunk's share of the device's time. Shares are whole nanoseconds that sum to the
     * device's time, so they differ by at most one.
     */
    public long ofNs(Action action, Schedule schedule) {
        long wholeNs = switch (action.phase()) {
            case F, P, D, R -> forwardNs;
            case B -> schedule.splitsBackward() ? backwardNs : fullBackwardNs();
            case W -> weightNs.orElse(0);
        };
        int chunks = schedule.shape().chunksPerDevice();
        int place = schedule.localChunk(action.chunk());
        return Math.multiplyExact(wholeNs, place + 1L) / chunks - wholeNs * place / chunks;
    }
}
