package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;

/**
 * The compute kernels of one device in the order in which they were launched, in columns of nanoseconds of the file's
 * clock; where a launch is not in the trace, in the order of their starts. Immutable.
 */
public final class LaneWork {

    /** No time. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** A device without compute kernels. */
    public static final LaneWork NONE = new LaneWork(new LongColumn(), new LongColumn(), new LongColumn());

    private final long[] startNs;
    private final long[] endNs;
    private final long[] issuedNs;
    private final boolean issued;

    /** @param issuedNs when the call that launched each kernel began, or {@link #UNKNOWN} */
    public LaneWork(LongColumn startNs, LongColumn endNs, LongColumn issuedNs) {
        long[] issues = issuedNs.toArray();
        boolean known = issues.length > 0;
        for (long issue : issues) {
            known &= issue != UNKNOWN;
        }
        issued = known;
        int[] order = RadixOrder.of(known ? issues : startNs.toArray());
        this.startNs = new long[order.length];
        this.endNs = new long[order.length];
        this.issuedNs = new long[known ? order.length : 0];
        for (int i = 0; i < order.length; i++) {
            this.startNs[i] = startNs.get(order[i]);
            this.endNs[i] = endNs.get(order[i]);
            if (known) {
                this.issuedNs[i] = issues[order[i]];
            }
        }
    }

    /** How many kernels there are. */
    public int size() {
        return startNs.length;
    }

    /** Start of a kernel. */
    long startNs(int kernel) {
        return startNs[kernel];
    }

    /** End of a kernel. */
    long endNs(int kernel) {
        return endNs[kernel];
    }

    /** Whether every kernel's launch is known. */
    boolean isIssued() {
        return issued;
    }

    /** When the call that launched a kernel began. */
    long issuedNs(int kernel) {
        return issuedNs[kernel];
    }
}
