package io.github.bubbletrace.pipeline.unlabelled.work;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The kernels of one device between its sends. A group ends with the task whose output is sent; what follows the last send
 * is the tail. Immutable.
 */
public final class SendGroups {

    private final int[] send;
    private final boolean[] forward;
    private final int[] end;
    private final int kernels;

    /** @param position the kernel after the one that the send follows */
    private record Sent(int row, boolean forward, int position) {}

    /**
     * Cuts a device's kernels.
     *
     * @param forwards sends of forwards' outputs
     * @param backwards sends of backwards' outputs
     */
    public SendGroups(DeviceWork work, Operations operations, int[] forwards, int[] backwards) {
        List<Sent> sent = new ArrayList<>();
        for (int row : forwards) {
            sent.add(new Sent(row, true, 0));
        }
        for (int row : backwards) {
            sent.add(new Sent(row, false, 0));
        }
        place(sent, work, operations);
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

    /**
     * Finds the kernel that each send follows. A send is launched after its task's kernels and starts when they have ended;
     * tasks that run side by side and end at once each have one, in the order of their launches.
     */
    private static void place(List<Sent> sent, DeviceWork work, Operations operations) {
        LastEnded ended = new LastEnded(work);
        sent.sort(Comparator.comparingLong((Sent s) -> operations.startNs(s.row()))
                .thenComparingLong(s -> operations.issuedNs(s.row()))
                .thenComparingInt(Sent::row));
        int from = 0;
        for (int i = 0; i < sent.size(); i++) {
            long startNs = operations.startNs(sent.get(i).row());
            if (startNs != operations.startNs(sent.get(from).row())) {
                from = i;
            }
            int count = 1;
            while (from + count < sent.size()
                    && operations.startNs(sent.get(from + count).row()) == startNs) {
                count++;
            }
            int launched = work.launchedBefore(operations.issuedNs(sent.get(i).row()));
            int position = ended.after(startNs, launched < 0 ? work.size() : launched, i - from, count);
            sent.set(i, new Sent(sent.get(i).row(), sent.get(i).forward(), position));
        }
    }

    /** How many groups there are. */
    public int size() {
        return send.length;
    }

    /** The send that ends a group. */
    public int send(int group) {
        return send[group];
    }

    /** Whether the group ends with a forward. */
    public boolean isForward(int group) {
        return forward[group];
    }

    /** First kernel of a group; of the tail where {@code group} is the size. */
    public int start(int group) {
        return group == 0 ? 0 : end[group - 1];
    }

    /** The kernel after a group's last one. */
    public int end(int group) {
        return group == size() ? kernels : end[group];
    }

    /** How many kernels a group has; the tail where {@code group} is the size. */
    public int length(int group) {
        return end(group) - start(group);
    }
}
