package io.github.bubbletrace.pipeline.unlabelled.work;

import io.github.bubbletrace.trace.IntColumn;
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
    public static final LaneWork NONE =
            new LaneWork(new LongColumn(), new LongColumn(), new LongColumn(), new IntColumn());

    private final long[] startNs;
    private final long[] endNs;
    private final long[] issuedNs;
    private final int[] name;
    private final boolean issued;

    /**
     * Puts kernels in order.
     *
     * @param issuedNs when the call that launched each kernel began, or {@link #UNKNOWN}
     * @param names of the kernels as numbers: the same name is the same number in every file
     */
    public LaneWork(LongColumn startNs, LongColumn endNs, LongColumn issuedNs, IntColumn names) {
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
        name = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            this.startNs[i] = startNs.get(order[i]);
            this.endNs[i] = endNs.get(order[i]);
            name[i] = names.get(order[i]);
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

    /** Its name as a number. */
    int name(int kernel) {
        return name[kernel];
    }

    /** Whether every kernel's launch is known. */
    public boolean isIssued() {
        return issued;
    }

    /** When the call that launched a kernel began. */
    public long issuedNs(int kernel) {
        return issuedNs[kernel];
    }
}
