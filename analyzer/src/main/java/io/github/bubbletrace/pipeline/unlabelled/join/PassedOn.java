package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Exchanges the other sides of two sends of one device that end at once, where otherwise something would be passed on before it
 * came. What a stage between two others gets from one of them, an output or a gradient, it passes on to the other; so at any
 * time no more can have gone one way than has come from the other side. Only devices that pass on as many as they get are
 * looked at, and only if all sends that leave no choice keep to that.
 */
final class PassedOn {

    private final Operations operations;
    private final long apartNs;
    private final int[] sends;
    private final long[][] cameNs = new long[2][];
    private final int[] neighbours;

    private PassedOn(Operations operations, int[] neighbours, int[] sends, int[] receives, long apartNs) {
        this.operations = operations;
        this.apartNs = apartNs;
        this.sends = sends;
        this.neighbours = neighbours;
        for (int side = 0; side < 2; side++) {
            int from = neighbours[side];
            cameNs[side] = Arrays.stream(receives)
                    .filter(row -> peerDevice(row) == from)
                    .mapToLong(operations::endNs)
                    .sorted()
                    .toArray();
        }
    }

    /**
     * Joins anew where that keeps what is passed on after what came.
     *
     * @param apartNs how far apart two sends may end that end at once
     */
    static void join(Operations operations, int devices, long apartNs) {
        IntColumn[] sends = new IntColumn[devices];
        IntColumn[] receives = new IntColumn[devices];
        Arrays.setAll(sends, device -> new IntColumn());
        Arrays.setAll(receives, device -> new IntColumn());
        for (int row : operations.byStart(IntStream.range(0, operations.size()))) {
            if (operations.role(row) == Operations.Role.UNKNOWN) {
                return;
            }
            if (operations.peer(row) != Operations.NONE) {
                boolean isSend = operations.role(row) == Operations.Role.SEND;
                (isSend ? sends : receives)[operations.device(row)].add(row);
            }
        }
        for (int device = 0; device < devices; device++) {
            int[] own = sends[device].toArray();
            int[] neighbours = Arrays.stream(own)
                    .map(row -> operations.device(operations.peer(row)))
                    .distinct()
                    .toArray();
            if (neighbours.length == 2) {
                new PassedOn(operations, neighbours, own, receives[device].toArray(), apartNs).exchange();
            }
        }
    }

    private int peerDevice(int row) {
        return operations.device(operations.peer(row));
    }

    private void exchange() {
        int[] partner = partners();
        if (!isBalanced() || !keepsOrder(partner)) {
            return;
        }
        int[] sent = new int[2];
        for (int s = 0; s < sends.length; s++) {
            if (partner[s] > s && !mayGo(s, side(s), sent) && mayGo(s, 1 - side(s), sent)) {
                int first = operations.peer(sends[s]);
                operations.join(sends[s], operations.peer(sends[partner[s]]));
                operations.join(sends[partner[s]], first);
            }
            sent[side(s)]++;
        }
    }

    /** To which of the two neighbours a send goes. */
    private int side(int send) {
        return peerDevice(sends[send]) == neighbours[0] ? 0 : 1;
    }

    /** For each send the other one that ends at once and goes the other way; -1 where there is none. */
    private int[] partners() {
        int[] partner = new int[sends.length];
        Arrays.fill(partner, -1);
        int[] order =
                RadixOrder.of(Arrays.stream(sends).mapToLong(operations::endNs).toArray());
        for (int i = 1; i < order.length; i++) {
            int one = order[i - 1];
            int other = order[i];
            boolean isOpen = partner[one] < 0
                    && side(one) != side(other)
                    && operations.endNs(sends[other]) - operations.endNs(sends[one]) <= apartNs
                    && operations.mayMeet(sends[one], operations.peer(sends[other]))
                    && operations.mayMeet(sends[other], operations.peer(sends[one]));
            if (isOpen) {
                partner[one] = other;
                partner[other] = one;
            }
        }
        return partner;
    }

    /** Whether as many go each way as come from the other side. */
    private boolean isBalanced() {
        int[] sent = new int[2];
        for (int s = 0; s < sends.length; s++) {
            sent[side(s)]++;
        }
        return sent[0] == cameNs[1].length && sent[1] == cameNs[0].length;
    }

    /** Whether sends without a partner pass on what came, whichever way those with one go. */
    private boolean keepsOrder(int[] partner) {
        int[] sent = new int[2];
        for (int s = 0; s < sends.length; s++) {
            if (partner[s] < 0 && !mayGo(s, side(s), sent)) {
                return false;
            }
            sent[side(s)] += partner[s] < 0 ? 1 : 0;
        }
        return true;
    }

    /** Whether something has come from the other side that was not passed on before. */
    private boolean mayGo(int send, int side, int[] sent) {
        long[] came = cameNs[1 - side];
        return sent[side] < came.length && came[sent[side]] <= operations.startNs(sends[send]) + apartNs;
    }
}
