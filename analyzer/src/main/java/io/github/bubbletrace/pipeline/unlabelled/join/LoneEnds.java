package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;

/**
 * Links that some moment leaves no doubt about: among the operations that end then, one send and one receive alone have no
 * other side that is known already. Where devices keep step with each other throughout, only the filling and the draining
 * of a pipeline show such moments: first one link alone, then one more after the other. Immutable.
 */
final class LoneEnds {

    /** A moment with more operations than this tells little, and takes long to look at. */
    private static final int MOST = 256;

    /** After so many passes over the trace what is still open stays so. */
    private static final int PASSES = 4;

    private final Operations operations;
    private final boolean[][] shown;

    /** Looks at all {@code groups} of operations that end together. */
    LoneEnds(Operations operations, EndGroups groups, int devices) {
        this.operations = operations;
        shown = new boolean[devices][devices];
        boolean more = true;
        for (int pass = 0; more && pass < PASSES; pass++) {
            more = false;
            for (int g = 0; g < groups.size(); g++) {
                more |= look(groups, groups.first(g), groups.first(g + 1));
            }
        }
    }

    /** Whether some moment shows that one device sends to another. */
    boolean show(int sender, int receiver) {
        return shown[sender][receiver];
    }

    /** Whether a group shows a link that none before it did. */
    private boolean look(EndGroups groups, int from, int to) {
        int sends = 0;
        int loneSend = Operations.NONE;
        int loneReceive = Operations.NONE;
        int loneSends = 0;
        int loneReceives = 0;
        for (int i = from; to - from <= MOST && i < to; i++) {
            int row = groups.row(i);
            boolean isSend = operations.role(row) == Operations.Role.SEND;
            if (operations.role(row) == Operations.Role.UNKNOWN) {
                return false;
            }
            sends += isSend ? 1 : 0;
            boolean isKnown = isKnown(groups, row, from, to);
            loneSends += isSend && !isKnown ? 1 : 0;
            loneReceives += !isSend && !isKnown ? 1 : 0;
            loneSend = isSend && !isKnown ? row : loneSend;
            loneReceive = !isSend && !isKnown ? row : loneReceive;
        }
        boolean one = loneSends == 1 && loneReceives == 1 && 2 * sends == to - from;
        if (!one || !operations.mayMeet(loneSend, loneReceive)) {
            return false;
        }
        shown[operations.device(loneSend)][operations.device(loneReceive)] = true;
        return true;
    }

    private boolean isKnown(EndGroups groups, int row, int from, int to) {
        int device = operations.device(row);
        boolean isSend = operations.role(row) == Operations.Role.SEND;
        for (int i = from; i < to; i++) {
            int other = operations.device(groups.row(i));
            boolean link = isSend ? shown[device][other] : shown[other][device];
            if (link && operations.mayMeet(row, groups.row(i))) {
                return true;
            }
        }
        return false;
    }
}
