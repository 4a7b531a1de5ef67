package io.github.bubbletrace.pipeline.unlabelled.silent;

import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import java.util.Map;
import java.util.TreeMap;

/**
 * Joins anew what each device sends to each other one: the k-th send meets the k-th receive in the order of launches. Ends
 * alone may have joined others where several transfers end at once.
 */
final class InOrder {

    /** How far apart both sides of a transfer end at most, on one clock. */
    private static final long NEAR_NS = 100_000;

    private InOrder() {}

    /**
     * Joins the rows of {@code order}, whose roles are known.
     *
     * @param errorNs how much further apart than on one clock two sides may end
     * @throws NoPipelineException where a send and a receive of the same number do not end together
     */
    static void join(LaunchOrder order, Operations operations, long errorNs) throws NoPipelineException {
        Map<Long, IntColumn> receives = new TreeMap<>();
        for (int device = 0; device < order.devices(); device++) {
            for (int k = 0; k < order.size(device); k++) {
                int row = order.row(device, k);
                if (operations.role(row) == Operations.Role.RECEIVE) {
                    receives.computeIfAbsent(link(sender(operations, row), device), l -> new IntColumn())
                            .add(row);
                }
            }
        }
        Map<Long, Integer> next = new TreeMap<>();
        for (int device = 0; device < order.devices(); device++) {
            int[] sends = new int[order.size(device)];
            int[] others = new int[sends.length];
            int count = 0;
            for (int k = 0; k < sends.length; k++) {
                int row = order.row(device, k);
                if (operations.role(row) == Operations.Role.SEND) {
                    long link = link(device, sender(operations, row));
                    int number = next.merge(link, 1, Integer::sum) - 1;
                    sends[count] = row;
                    others[count++] = receives.get(link).get(number);
                }
            }
            for (int i = 0; i < count; i++) {
                if (Math.abs(operations.endNs(sends[i]) - operations.endNs(others[i])) > NEAR_NS + errorNs) {
                    throw new NoPipelineException("where kernels do not say whether they send or receive, send " + i
                            + " of device " + device + " does not end with the receive of the same number");
                }
                operations.join(sends[i], others[i]);
            }
        }
    }

    private static int sender(Operations operations, int row) {
        return operations.device(operations.peer(row));
    }

    private static long link(int sender, int receiver) {
        return ((long) sender << Integer.SIZE) | receiver;
    }
}
