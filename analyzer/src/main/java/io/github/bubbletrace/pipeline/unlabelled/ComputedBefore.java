package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.trace.RadixOrder;
import java.util.List;

/** How long each operation's device computed between the operation that may have sent before and this one. */
final class ComputedBefore {

    private ComputedBefore() {}

    static long[] of(List<DeviceWork> works, Operations operations) {
        long[][] sums = new long[works.size()][];
        for (int d = 0; d < sums.length; d++) {
            DeviceWork work = works.get(d);
            sums[d] = new long[work.size() + 1];
            for (int k = 0; k < work.size(); k++) {
                sums[d][k + 1] = sums[d][k] + work.endNs(k) - work.startNs(k);
            }
        }
        long[] starts = new long[operations.size()];
        for (int row = 0; row < starts.length; row++) {
            starts[row] = operations.startNs(row);
        }
        long[] computed = new long[starts.length];
        int[] before = new int[works.size()];
        for (int row : RadixOrder.of(starts)) {
            int device = operations.device(row);
            int at = works.get(device).endedBy(starts[row]);
            computed[row] = sums[device][at] - sums[device][Math.min(at, before[device])];
            if (operations.maySend(row)) {
                before[device] = at;
            }
        }
        return computed;
    }
}
