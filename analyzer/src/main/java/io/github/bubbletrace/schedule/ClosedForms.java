package io.github.bubbletrace.schedule;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the literature says the bubble is with balanced stages, free transfers and no host delay; p devices, m
 * micro-batches, v chunks per device. Naive: (p-1)/p. GPipe and 1F1B: (p-1)/(m+p-1) (Huang et al. 2019, Narayanan et al.
 * 2021). Interleaved with m a multiple of p: (p-1)/(p-1+mv) (Narayanan et al. 2021). Forward only: (p-1)/(m+p-1).
 *
 * <p>The forms of GPipe, 1F1B and forward only are for one chunk per device.
 */
public final class ClosedForms {

    private ClosedForms() {}

    /** The idle share of the window; empty where no form is known. */
    public static OptionalDouble bubble(ScheduleKind kind, Shape shape) {
        if (!isKnown(kind, shape)) {
            return OptionalDouble.empty();
        }
        double p = shape.devices();
        double m = shape.microBatches();
        return OptionalDouble.of(
                switch (kind) {
                    case NAIVE -> (p - 1) / p;
                    case GPIPE, ONE_F_ONE_B, FORWARD -> (p - 1) / (m + p - 1);
                    case INTERLEAVED -> (p - 1) / (p - 1 + m * shape.chunksPerDevice());
                });
    }

    /**
     * The idle time of each device in the window, in nanoseconds, rounded half up; empty where no form is known.
     *
     * @param times of all chunks of a device together
     */
    public static OptionalLong idleNs(ScheduleKind kind, Shape shape, TaskTimes times) {
        if (!isKnown(kind, shape)) {
            return OptionalLong.empty();
        }
        long hops = shape.devices() - 1L;
        long bothNs = times.forwardNs() + times.fullBackwardNs();
        int v = shape.chunksPerDevice();
        return OptionalLong.of(
                switch (kind) {
                    case NAIVE -> shape.microBatches() * hops * bothNs;
                    case GPIPE, ONE_F_ONE_B -> hops * bothNs;
                    case INTERLEAVED -> (2 * hops * bothNs + v) / (2L * v);
                    case FORWARD -> hops * times.forwardNs();
                });
    }

    private static boolean isKnown(ScheduleKind kind, Shape shape) {
        return switch (kind) {
            case NAIVE -> true;
            case GPIPE, ONE_F_ONE_B, FORWARD -> shape.chunksPerDevice() == 1;
            case INTERLEAVED -> shape.microBatches() % shape.devices() == 0 || shape.chunksPerDevice() == 1;
        };
    }
}
