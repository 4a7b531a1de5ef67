package io.github.bubbletrace.pipeline.unlabelled.work;

import java.util.function.LongUnaryOperator;

/**
 * The compute kernels of one device on the common axis.
 *
 * @param name what the document calls it
 * @param lane the kernels, in the order of their launches
 * @param clock where a moment of its file stands on the axis
 */
public record DeviceWork(String name, LaneWork lane, LongUnaryOperator clock) {

    /** How many kernels there are. */
    public int size() {
        return lane.size();
    }

    /** Start of a kernel. */
    public long startNs(int kernel) {
        return clock.applyAsLong(lane.startNs(kernel));
    }

    /** End of a kernel. */
    public long endNs(int kernel) {
        return clock.applyAsLong(lane.endNs(kernel));
    }

    /** Its name as a number: the same on every device. */
    public int name(int kernel) {
        return lane.name(kernel);
    }

    /** The earliest start among the kernels from {@code first} up to {@code last}, which is left out. */
    public long firstNs(int first, int last) {
        long found = Long.MAX_VALUE;
        for (int kernel = first; kernel < last; kernel++) {
            found = Math.min(found, startNs(kernel));
        }
        return found;
    }

    /** The latest end among the kernels from {@code first} up to {@code last}, which is left out. */
    public long lastNs(int first, int last) {
        long found = Long.MIN_VALUE;
        for (int kernel = first; kernel < last; kernel++) {
            found = Math.max(found, endNs(kernel));
        }
        return found;
    }

    /** How many kernels were launched before a call at {@code fileNs} of the file's clock; -1 where launches are unknown. */
    public int launchedBefore(long fileNs) {
        if (!lane.isIssued() || fileNs == LaneWork.UNKNOWN) {
            return -1;
        }
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lane.issuedNs(middle) < fileNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many kernels had started before {@code timeNs}; kernels of one stream start in the order of their launches. */
    public int startedBefore(long timeNs) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (startNs(middle) < timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many kernels had ended by {@code timeNs}; kernels of one stream end in the order of their launches. */
    public int endedBy(long timeNs) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (endNs(middle) <= timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
