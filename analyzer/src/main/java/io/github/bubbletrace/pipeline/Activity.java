package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.trace.IntervalSet;

/**
 * When a device did what, in nanoseconds.
 *
 * @param compute compute kernels, memsets and copies within the GPU; without a GPU: tasks
 * @param collective collective kernels
 * @param p2p point-to-point kernels, peer and host copies
 * @param hostCopies copies from and to the host alone; they never meet a peer
 */
public record Activity(IntervalSet compute, IntervalSet collective, IntervalSet p2p, IntervalSet hostCopies) {

    /** The same, all later by {@code ns}. */
    public Activity shift(long ns) {
        return new Activity(compute.shift(ns), collective.shift(ns), p2p.shift(ns), hostCopies.shift(ns));
    }
}
