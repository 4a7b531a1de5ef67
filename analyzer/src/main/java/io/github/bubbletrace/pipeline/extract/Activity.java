package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.FileClock;
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

    /** The same on the axis that {@code clock} leads to. */
    public Activity on(FileClock clock) {
        return new Activity(
                compute.moved(clock::at),
                collective.moved(clock::at),
                p2p.moved(clock::at),
                hostCopies.moved(clock::at));
    }
}
