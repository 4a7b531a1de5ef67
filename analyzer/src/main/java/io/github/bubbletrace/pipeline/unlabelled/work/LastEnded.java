package io.github.bubbletrace.pipeline.unlabelled.work;

import io.github.bubbletrace.trace.RadixOrder;

/** Which kernel of a device ended last before a moment, also where kernels run side by side on several streams. Immutable. */
final class LastEnded {

    private final DeviceWork work;

    /** Kernels by their ends; empty where they end in the order of their launches. */
    private final int[] order;

    LastEnded(DeviceWork work) {
        this.work = work;
        boolean inOrder = true;
        for (int k = 1; inOrder && k < work.size(); k++) {
            inOrder = work.endNs(k - 1) <= work.endNs(k);
        }
        order = inOrder ? new int[0] : byEnd(work);
    }

    private static int[] byEnd(DeviceWork work) {
        long[] ends = new long[work.size()];
        for (int k = 0; k < ends.length; k++) {
            ends[k] = work.endNs(k);
        }
        return RadixOrder.of(ends);
    }

    /**
     * The number of the kernel after the one that ended last by {@code timeNs} among the {@code launched} first ones; of
     * several that ended at once the one launched first, as the others may go on with something longer.
     *
     * @param number which of {@code count} things that followed at once: each follows a kernel of its own
     */
    int after(long timeNs, int launched, int number, int count) {
        if (order.length == 0) {
            int last = Math.min(work.endedBy(timeNs), launched);
            int earlier = last - (count - 1 - number);
            return earlier > 0 && work.endNs(earlier - 1) == work.endNs(last - 1) ? earlier : last;
        }
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (work.endNs(order[middle]) <= timeNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while (low > 0 && order[low - 1] >= launched) {
            low--;
        }
        int found = low - 1;
        int latest = found;
        while (found > 0 && work.endNs(order[found - 1]) == work.endNs(order[found])) {
            found--;
        }
        found = Math.min(latest, found + number);
        return found < 0 ? 0 : order[found] + 1;
    }
}
