package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How much of what some devices send and receive at the same moments can be joined by given links. */
final class WholeMoments {

    /** A moment with more operations than this tells little, and takes long to look at. */
    private static final int MOST = 256;

    private final Operations operations;
    private final EndGroups groups;
    private final boolean[] isAsked;

    /** @param devices whose operations count */
    WholeMoments(Operations operations, EndGroups groups, List<Integer> devices) {
        this.operations = operations;
        this.groups = groups;
        isAsked = new boolean[devices.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1];
        devices.forEach(device -> isAsked[device] = true);
    }

    /** Whether every operation says whether it sends or receives. */
    boolean sayWhatTheyDo() {
        for (int place = 0; place < groups.first(groups.size()); place++) {
            if (isAsked(groups.row(place)) && operations.role(groups.row(place)) == Operations.Role.UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    /** How many operations there are. */
    long size() {
        long size = 0;
        for (int place = 0; place < groups.first(groups.size()); place++) {
            size += isAsked(groups.row(place)) ? 1 : 0;
        }
        return size;
    }

    /**
     * How many sends are left over, whichever way the others are joined, at moments with as many sends as receives.
     *
     * @param sends whether each device, the first index, sends to each other one
     */
    long leftOver(boolean[][] sends) {
        long left = 0;
        for (int g = 0; g < groups.size(); g++) {
            left += leftOver(groups.first(g), groups.first(g + 1), sends);
        }
        return left;
    }

    private long leftOver(int from, int to, boolean[][] sends) {
        List<Integer> senders = new ArrayList<>();
        List<Integer> receivers = new ArrayList<>();
        for (int i = from; to - from <= MOST && i < to; i++) {
            if (isAsked(groups.row(i))) {
                (operations.role(groups.row(i)) == Operations.Role.SEND ? senders : receivers).add(groups.row(i));
            }
        }
        if (senders.size() != receivers.size()) {
            return 0;
        }
        int[] senderOf = new int[receivers.size()];
        Arrays.fill(senderOf, Operations.NONE);
        long left = 0;
        for (int send : senders) {
            left += isJoined(send, receivers, senderOf, sends, new boolean[receivers.size()]) ? 0 : 1;
        }
        return left;
    }

    /** Finds a receive for a send, where needed by finding others for those that are joined already. */
    private boolean isJoined(int send, List<Integer> receivers, int[] senderOf, boolean[][] sends, boolean[] isTried) {
        for (int r = 0; r < senderOf.length; r++) {
            int receive = receivers.get(r);
            boolean link = sends[operations.device(send)][operations.device(receive)];
            if (isTried[r] || !link || !operations.mayMeet(send, receive)) {
                continue;
            }
            isTried[r] = true;
            if (senderOf[r] == Operations.NONE || isJoined(senderOf[r], receivers, senderOf, sends, isTried)) {
                senderOf[r] = send;
                return true;
            }
        }
        return false;
    }

    private boolean isAsked(int row) {
        int device = operations.device(row);
        return device < isAsked.length && isAsked[device];
    }
}
