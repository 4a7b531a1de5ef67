package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.BitSet;
import java.util.List;

/**
 * The transfers of each device in the order of their launches, and how much it computes between them. Where launches are not
 * known, in the order of their starts. Immutable.
 */
final class Turns {

    private final int[][] rows;
    private final int[][] before;
    private final int[] kernels;
    private final BitSet[] together;
    private final BitSet[] swaps;

    private Turns(int devices) {
        rows = new int[devices][];
        before = new int[devices][];
        kernels = new int[devices];
        together = new BitSet[devices];
        swaps = new BitSet[devices];
    }

    /**
     * The joined rows of {@code operations}; what two devices exchange at the same moment is joined anew.
     *
     * @param apartNs how far apart two transfers end at most that end together
     */
    static Turns of(List<DeviceWork> works, Operations operations, long apartNs) {
        Turns turns = new Turns(works.size());
        LongColumn[] at = new LongColumn[works.size()];
        int[] counts = new int[works.size()];
        for (int row = 0; row < operations.size(); row++) {
            counts[operations.device(row)] += operations.peer(row) == Operations.NONE ? 0 : 1;
        }
        for (int device = 0; device < counts.length; device++) {
            turns.rows[device] = new int[counts[device]];
            turns.kernels[device] = works.get(device).size();
            at[device] = new LongColumn();
        }
        int[] next = new int[counts.length];
        for (int row = 0; row < operations.size(); row++) {
            int device = operations.device(row);
            if (operations.peer(row) != Operations.NONE) {
                turns.rows[device][next[device]++] = row;
                boolean issued = works.get(device).launchedBefore(operations.issuedNs(row)) >= 0;
                at[device].add(issued ? operations.issuedNs(row) : operations.startNs(row));
            }
        }
        for (int device = 0; device < counts.length; device++) {
            turns.sort(device, works.get(device), operations, at[device].toArray());
            turns.compare(device, operations, apartNs);
        }
        turns.cross(operations);
        return turns;
    }

    private void sort(int device, DeviceWork work, Operations operations, long[] times) {
        int[] order = RadixOrder.of(times);
        int[] sorted = new int[order.length];
        before[device] = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            sorted[k] = rows[device][order[k]];
            int launched = work.launchedBefore(operations.issuedNs(sorted[k]));
            before[device][k] = launched >= 0 ? launched : work.endedBy(operations.startNs(sorted[k]));
        }
        rows[device] = sorted;
    }

    /**
     * Whether a transfer and the one after it may stand in either order: nothing is computed between, they end together, and
     * are with different devices, so that each may have been joined to the other's other side.
     */
    boolean swaps(int device, int k) {
        return swaps[device].get(k);
    }

    /** Gives the first of two that were taken in the other order what the second one does: it sends, and then it receives. */
    void straighten(Operations operations) {
        for (int device = 0; device < devices(); device++) {
            for (int k = 0; k + 1 < size(device); k++) {
                int first = row(device, k);
                int second = row(device, k + 1);
                boolean turned = swaps(device, k)
                        && operations.role(first) == Operations.Role.RECEIVE
                        && operations.role(second) == Operations.Role.SEND;
                if (turned) {
                    int from = operations.peer(first);
                    int to = operations.peer(second);
                    operations.join(first, to);
                    operations.direct(first, to);
                    operations.join(from, second);
                    operations.direct(from, second);
                }
            }
        }
    }

    private void compare(int device, Operations operations, long apartNs) {
        together[device] = new BitSet();
        swaps[device] = new BitSet();
        for (int k = 0; k + 1 < size(device); k++) {
            int one = row(device, k);
            int next = row(device, k + 1);
            if (!works(device, k + 1) && Math.abs(operations.endNs(one) - operations.endNs(next)) <= apartNs) {
                together[device].set(k);
                boolean same = operations.device(operations.peer(one)) == operations.device(operations.peer(next));
                swaps[device].set(k, !same && !(k > 0 && swaps[device].get(k - 1)));
            }
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

    /**
     * Joins anew what two devices exchange at the same moment: each sends first what it has computed, so the first of one
     * meets the second of the other. Ends do not tell, as all four end together.
     */
    private void cross(Operations operations) {
        int[] place = new int[operations.size()];
        for (int[] own : rows) {
            for (int k = 0; k < own.length; k++) {
                place[own[k]] = k;
            }
        }
        for (int device = 0; device < devices(); device++) {
            for (int k = 0; k + 1 < size(device); k++) {
                int first = row(device, k);
                int second = row(device, k + 1);
                int meets = operations.peer(first);
                int other = operations.device(meets);
                boolean both = other > device
                        && together[device].get(k)
                        && together[other].get(place[meets])
                        && operations.peer(second) == row(other, place[meets] + 1);
                if (both) {
                    int next = operations.peer(second);
                    operations.join(first, next);
                    operations.join(second, meets);
                    k++;
                }
            }
        }
    }
}
