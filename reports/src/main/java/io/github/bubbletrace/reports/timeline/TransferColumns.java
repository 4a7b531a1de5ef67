package io.github.bubbletrace.reports.timeline;

import io.github.bubbletrace.analysis.TransferSpans;
import java.util.List;

/** The columns of transfers; tasks are their places among the tasks of all lanes. */
final class TransferColumns {

    private final Varints count = new Varints();
    private final Varints sources = new Varints();
    private final Varints targets = new Varints();
    private final Varints starts = new Varints();
    private final Varints lengths = new Varints();
    private final Varints estimated = new Varints();
    private int size;
    private int sourceBefore;
    private int targetBefore;

    /** Where a task of the window is among all tasks. */
    interface Places {

        /** The place of task {@code task} of the window's device {@code device}. */
        int of(int device, int task);
    }

    /** Appends the transfers of a window whose devices' tasks are at {@code places}. */
    void add(TransferSpans transfers, Places places, TaskEnds ends) {
        for (int i = 0; i < transfers.size(); i++) {
            int source = places.of(transfers.sourceDevice(i), transfers.sourceTask(i));
            int target = places.of(transfers.targetDevice(i), transfers.targetTask(i));
            sources.addSigned((long) source - sourceBefore);
            targets.addSigned((long) target - targetBefore);
            starts.addSigned(transfers.startNs(i) - ends.endNs(transfers.sourceDevice(i), transfers.sourceTask(i)));
            lengths.add(Math.max(0, transfers.endNs(i) - transfers.startNs(i)));
            estimated.add(transfers.isEstimated(i) ? 1 : 0);
            sourceBefore = source;
            targetBefore = target;
            size++;
        }
    }

    /** When tasks of a window end. */
    interface TaskEnds {

        /** End of task {@code task} of the window's device {@code device}, in nanoseconds. */
        long endNs(int device, int task);
    }

    /** All of them, in the order of the file; nothing must be added from then on. */
    List<Varints> inOrder() {
        count.add(size);
        return List.of(count, sources, targets, starts, lengths, estimated);
    }
}
