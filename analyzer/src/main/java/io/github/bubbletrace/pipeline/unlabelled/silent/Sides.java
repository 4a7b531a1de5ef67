package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.List;

/**
 * Which of two sides of a transfer sends, as far as what their devices compute before and after it tells. Whoever sends has
 * just computed what it sends; whoever receives goes on when it is there, or was not in need of it yet.
 */
final class Sides {

    /** A send starts this soon after what it sends is there. */
    private static final long PROMPT_NS = 20_000;

    /** A device that waited goes on this soon. */
    private static final long RESUMED_NS = 100_000;

    /** Cannot be. */
    private static final double NEVER = 8;

    /** Nothing was computed just before. */
    private static final double NO_PRODUCT = 2;

    /** Goes on when the transfer ends. */
    private static final double RESUMES = 1.5;

    /** When receives are posted: not known, and each is tried. */
    enum Posting {
        /** Some of them before they are needed. */
        EITHER(1, false),
        /** Before they are needed, and before what is sent is there: whoever was there last sends. */
        AHEAD(6, false),
        /** When their device has nothing else to do: whoever computes meanwhile sends. */
        WHEN_FREE(1, true);

        private final double last;
        private final boolean waits;

        Posting(double last, boolean waits) {
            this.last = last;
            this.waits = waits;
        }
    }

    private final List<DeviceWork> works;
    private final Operations operations;
    private final long toleranceNs;
    private final Posting posting;

    /** @param toleranceNs how far apart two moments of different clocks may be that are one */
    Sides(List<DeviceWork> works, Operations operations, long toleranceNs, Posting posting) {
        this.posting = posting;
        this.works = works;
        this.operations = operations;
        this.toleranceNs = toleranceNs + 1_000;
    }

    /** How much more likely {@code one} sends to {@code other} than the other way; 0 where nothing tells. */
    double sends(int one, int other) {
        double likely = product(one) - product(other) + need(other) - need(one);
        long later = operations.startNs(one) - operations.startNs(other);
        return later > toleranceNs ? likely + posting.last : later < -toleranceNs ? likely - posting.last : likely;
    }

    /** What speaks against that a side sends. */
    private double product(int row) {
        DeviceWork work = works.get(operations.device(row));
        int ended = work.endedBy(operations.startNs(row) + toleranceNs);
        if (ended == 0) {
            return -NEVER;
        }
        long before = operations.startNs(row) - work.endNs(ended - 1);
        return before > PROMPT_NS ? -NO_PRODUCT : 0;
    }

    /** What speaks for that a side receives. */
    private double need(int row) {
        DeviceWork work = works.get(operations.device(row));
        long end = operations.endNs(row);
        int next = work.startedBefore(end - toleranceNs);
        if (next == work.size()) {
            return -NEVER;
        }
        long from = operations.startNs(row) + toleranceNs;
        if (posting.waits && next > 0 && work.endNs(next - 1) > from && end - toleranceNs > from) {
            return -NEVER;
        }
        boolean computes = next > 0 && work.endNs(next - 1) > end + toleranceNs;
        boolean resumes = !computes && work.startNs(next) - end <= RESUMED_NS;
        return resumes ? RESUMES : 0;
    }
}
