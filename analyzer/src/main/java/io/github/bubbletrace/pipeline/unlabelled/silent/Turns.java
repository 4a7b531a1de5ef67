package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.BitSet;
import java.util.List;

/** Joined transfers in the order of their launches, and which of them that order does not tell apart. Immutable. */
final class Turns {

    private final LaunchOrder order;
    private final BitSet[] together;
    private final BitSet[] swaps;

    private Turns(LaunchOrder order) {
        this.order = order;
        together = new BitSet[order.devices()];
        swaps = new BitSet[order.devices()];
    }

    /**
     * The joined rows of {@code operations}; what two devices exchange at the same moment is joined anew.
     *
     * @param apartNs how far apart two transfers end at most that end together
     */
    static Turns of(List<DeviceWork> works, Operations operations, long apartNs) {
        Turns turns = new Turns(LaunchOrder.of(works, operations, row -> operations.peer(row) != Operations.NONE));
        for (int device = 0; device < works.size(); device++) {
            turns.compare(device, operations, apartNs);
        }
        turns.cross(operations);
        return turns;
    }

    /** The order of launches. */
    LaunchOrder order() {
        return order;
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
        for (int device = 0; device < order.devices(); device++) {
            for (int k = 0; k + 1 < order.size(device); k++) {
                int first = order.row(device, k);
                int second = order.row(device, k + 1);
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
        for (int k = 0; k + 1 < order.size(device); k++) {
            int one = order.row(device, k);
            int next = order.row(device, k + 1);
            if (!order.works(device, k + 1) && Math.abs(operations.endNs(one) - operations.endNs(next)) <= apartNs) {
                together[device].set(k);
                boolean same = operations.device(operations.peer(one)) == operations.device(operations.peer(next));
                swaps[device].set(k, !same && !(k > 0 && swaps[device].get(k - 1)));
            }
        }
    }

    /**
     * Joins anew what two devices exchange at the same moment: each sends first what it has computed, so the first of one
     * meets the second of the other. Ends do not tell, as all four end together.
     */
    private void cross(Operations operations) {
        int[] place = new int[operations.size()];
        for (int device = 0; device < order.devices(); device++) {
            for (int k = 0; k < order.size(device); k++) {
                place[order.row(device, k)] = k;
            }
        }
        for (int device = 0; device < order.devices(); device++) {
            for (int k = 0; k + 1 < order.size(device); k++) {
                int first = order.row(device, k);
                int second = order.row(device, k + 1);
                int meets = operations.peer(first);
                int other = operations.device(meets);
                boolean both = other > device
                        && together[device].get(k)
                        && together[other].get(place[meets])
                        && operations.peer(second) == order.row(other, place[meets] + 1);
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
