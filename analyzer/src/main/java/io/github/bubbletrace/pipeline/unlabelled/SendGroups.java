package io.github.bubbletrace.pipeline.unlabelled;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The kernels of one device between its sends. A group ends with the task whose output is sent; what follows the last send
 * is the tail. Immutable.
 */
final class SendGroups {

    private final int[] send;
    private final boolean[] forward;
    private final int[] end;
    private final int kernels;

    /**
     * Cuts a device's kernels.
     *
     * @param forwards sends of forwards' outputs
     * @param backwards sends of backwards' outputs
     */
    SendGroups(DeviceWork work, Operations operations, int[] forwards, int[] backwards) {
        record Sent(int row, boolean forward, int position) {}
        LastEnded ended = new LastEnded(work);
        List<Sent> sent = new ArrayList<>();
        for (int row : forwards) {
            sent.add(new Sent(row, true, position(work, ended, operations, row)));
        }
        for (int row : backwards) {
            sent.add(new Sent(row, false, position(work, ended, operations, row)));
        }
        sent.sort(Comparator.comparingInt(Sent::position)
                .thenComparingLong(s -> operations.startNs(s.row()))
                .thenComparingInt(Sent::row));
        send = sent.stream().mapToInt(Sent::row).toArray();
        end = sent.stream().mapToInt(Sent::position).toArray();
        forward = new boolean[send.length];
        for (int g = 0; g < forward.length; g++) {
            forward[g] = sent.get(g).forward();
        }
        kernels = work.size();
    }

    /** A send is launched after its task's kernels and starts when they have ended. */
    private static int position(DeviceWork work, LastEnded ended, Operations operations, int row) {
        int launched = work.launchedBefore(operations.issuedNs(row));
        return ended.after(operations.startNs(row), launched < 0 ? work.size() : launched);
    }

    /** How many groups there are. */
    int size() {
        return send.length;
    }

    /** The send that ends a group. */
    int send(int group) {
        return send[group];
    }

    /** Whether the group ends with a forward. */
    boolean isForward(int group) {
        return forward[group];
    }

    /** First kernel of a group; of the tail where {@code group} is the size. */
    int start(int group) {
        return group == 0 ? 0 : end[group - 1];
    }

    /** The kernel after a group's last one. */
    int end(int group) {
        return group == size() ? kernels : end[group];
    }

    /** How many kernels a group has; the tail where {@code group} is the size. */
    int length(int group) {
        return end(group) - start(group);
    }
}
