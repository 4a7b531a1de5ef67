package io.github.bubbletrace.schedule;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the literature says the bubble is with balanced stages, free transfers and no host delay; p devices, m
 * micro-batches, v chunks per device. Naive: (p-1)/p. GPipe and 1F1B: (p-1)/(m+p-1) (Huang et al. 2019, Narayanan et al.
 * 2021). Interleaved with m a multiple of p: (p-1)/(p-1+mv) (Narayanan et al. 2021); in
 * replays also for groups of any size from p on, as long as the last one has p micro-batches too. Forward only: (p-1)/(m+p-1). ZB-H1
 * with tf = tb = tw and m >= p: (p-1)/(3m+p-1) (Qi et al. 2024). Decode of n batches with k <= p in flight: the window is
 * tf (p floor((n-1)/k) + (n-1) mod k + p).
 *
 * <p>The forms of GPipe, 1F1B, forward only and decode are for one chunk per device; decode's is for batches of one size.
 */
public final class ClosedForms {

    private ClosedForms() {}

    /** The idle share of the window; empty where no form is known. ZB-H1's holds where tf = tb = tw. */
    public static OptionalDouble bubble(ScheduleKind kind, Shape shape) {
        if (!isKnown(kind, shape)) {
            return OptionalDouble.empty();
        }
        double p = shape.devices();
        double m = shape.microBatches();
        return switch (kind) {
            case NAIVE -> OptionalDouble.of((p - 1) / p);
            case GPIPE, ONE_F_ONE_B, PIPEDREAM, FORWARD -> OptionalDouble.of((p - 1) / (m + p - 1));
            case INTERLEAVED -> OptionalDouble.of((p - 1) / (p - 1 + m * shape.chunksPerDevice()));
            case ZB_H1 -> OptionalDouble.of((p - 1) / (3 * m + p - 1));
            case DECODE -> OptionalDouble.of(1 - m / decodeSlots(shape));
            case ZB_H2, ZB_V, DUALPIPE, DUALPIPE_V -> OptionalDouble.empty();
        };
    }

    /** The same where task times are known, so that a form that only holds for some of them is given for those alone. */
    public static OptionalDouble bubble(ScheduleKind kind, Shape shape, TaskTimes times) {
        return holdsFor(kind, times) ? bubble(kind, shape) : OptionalDouble.empty();
    }

    /**
     * The idle time of each device in the window, in nanoseconds, rounded half up; empty where no form is known.
     *
     * @param times of all chunks of a device together
     */
    public static OptionalLong idleNs(ScheduleKind kind, Shape shape, TaskTimes times) {
        if (!isKnown(kind, shape) || !holdsFor(kind, times)) {
            return OptionalLong.empty();
        }
        long hops = shape.devices() - 1L;
        long bothNs = times.forwardNs() + times.fullBackwardNs();
        int v = shape.chunksPerDevice();
        return switch (kind) {
            case NAIVE -> OptionalLong.of(shape.microBatches() * hops * bothNs);
            case GPIPE, ONE_F_ONE_B, PIPEDREAM -> OptionalLong.of(hops * bothNs);
            case INTERLEAVED -> OptionalLong.of((2 * hops * bothNs + v) / (2L * v));
            case FORWARD, ZB_H1 -> OptionalLong.of(hops * times.forwardNs());
            case DECODE -> OptionalLong.of((decodeSlots(shape) - shape.microBatches()) * times.forwardNs());
            case ZB_H2, ZB_V, DUALPIPE, DUALPIPE_V -> OptionalLong.empty();
        };
    }

    /** Length of a decode window in forwards: every round of k batches takes p of them, and the last one drains. */
    private static long decodeSlots(Shape shape) {
        long p = shape.devices();
        long last = shape.microBatches() - 1L;
        long k = Math.min(p, shape.inFlight());
        return p * (last / k) + last % k + p;
    }

    private static boolean holdsFor(ScheduleKind kind, TaskTimes times) {
        return times.sizes().isEmpty() && holdsForEqualSizes(kind, times);
    }

    private static boolean holdsForEqualSizes(ScheduleKind kind, TaskTimes times) {
        return switch (kind) {
            case ZB_H1 ->
                times.forwardNs() == times.backwardNs()
                        && times.weightNs().isPresent()
                        && times.backwardNs() == times.weightNs().getAsLong();
            case DECODE -> times.prefillNs().isEmpty() && times.draftNs() == 0;
            default -> true;
        };
    }

    private static boolean hasWholeGroups(Shape shape) {
        int p = shape.devices();
        int group = shape.groupSize() == 0 ? p : shape.groupSize();
        int last = shape.microBatches() % group;
        return group >= p && group <= shape.microBatches() && (last == 0 || last >= p);
    }

    private static boolean isKnown(ScheduleKind kind, Shape shape) {
        return switch (kind) {
            case NAIVE -> true;
            case GPIPE, ONE_F_ONE_B, PIPEDREAM, FORWARD, DECODE -> shape.chunksPerDevice() == 1;
            case INTERLEAVED -> shape.chunksPerDevice() == 1 || hasWholeGroups(shape);
            case ZB_H1 -> shape.microBatches() >= shape.devices();
            case ZB_H2, ZB_V, DUALPIPE, DUALPIPE_V -> false;
        };
    }
}
