package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The transfers of each device in the order of their launches, and what it computes between them. Where launches are not
 * known, in the order of their starts. Immutable.
 */
final class LaunchOrder {

    private final int[][] rows;
    private final int[][] before;
    private final int[] kernels;

    private LaunchOrder(int devices) {
        rows = new int[devices][];
        before = new int[devices][];
        kernels = new int[devices];
    }

    /** The rows of {@code operations} that pass {@code wanted}. */
    static LaunchOrder of(List<DeviceWork> works, Operations operations, IntPredicate wanted) {
        LaunchOrder order = new LaunchOrder(works.size());
        IntColumn[] some = new IntColumn[works.size()];
        LongColumn[] at = new LongColumn[works.size()];
        for (int device = 0; device < some.length; device++) {
            some[device] = new IntColumn();
            at[device] = new LongColumn();
        }
        for (int row = 0; row < operations.size(); row++) {
            int device = operations.device(row);
            if (wanted.test(row)) {
                some[device].add(row);
                boolean issued = works.get(device).launchedBefore(operations.issuedNs(row)) >= 0;
                at[device].add(issued ? operations.issuedNs(row) : operations.startNs(row));
            }
        }
        for (int device = 0; device < some.length; device++) {
            order.sort(device, works.get(device), operations, some[device], at[device].toArray());
        }
        return order;
    }

    private void sort(int device, DeviceWork work, Operations operations, IntColumn some, long[] times) {
        int[] order = RadixOrder.of(times);
        kernels[device] = work.size();
        rows[device] = new int[order.length];
        before[device] = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            int row = some.get(order[k]);
            int launched = work.launchedBefore(operations.issuedNs(row));
            rows[device][k] = row;
            before[device][k] = launched >= 0 ? launched : work.endedBy(operations.startNs(row));
        }
    }

    /** How many devices there are. */
    int devices() {
        return rows.length;
    }

    /** How many transfers a device has. */
    int size(int device) {
        return rows[device].length;
    }

    /** Its {@code k}-th one. */
    int row(int device, int k) {
        return rows[device][k];
    }

    /** The first kernel between a transfer and the one before it; all after the last where {@code k} is the size. */
    int first(int device, int k) {
        return k == 0 ? 0 : before[device][k - 1];
    }

    /** The kernel after the last one before a transfer. */
    int end(int device, int k) {
        return k == size(device) ? kernels[device] : Math.max(first(device, k), before[device][k]);
    }

    /** Whether a device computes anything between a transfer and the one before it. */
    boolean works(int device, int k) {
        return end(device, k) > first(device, k);
    }
}
