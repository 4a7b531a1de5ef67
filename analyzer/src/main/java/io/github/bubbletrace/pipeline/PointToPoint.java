package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.schedule.Action;
import java.util.Comparator;
import java.util.List;

/** The point-to-point operations on the devices of one pipeline, by start. Immutable. */
public final class PointToPoint {

    /**
     * One operation.
     *
     * @param device place of its device in {@link PipelineRun#devices}; of a peer copy the one it reads from
     * @param target place of the device a peer copy writes to, or -1
     * @param direction what it does
     * @param action the task it belongs to by its range's name, or null
     * @param iteration iteration that the name says, or -1
     * @param startNs start on the document's axis
     * @param endNs end
     * @param sentBytes how much it sends, or -1
     * @param receivedBytes how much it receives, or -1
     */
    record Op(
            int device,
            int target,
            Direction direction,
            Action action,
            int iteration,
            long startNs,
            long endNs,
            long sentBytes,
            long receivedBytes) {}

    private final List<Op> ops;

    PointToPoint(List<Op> unsorted) {
        ops = unsorted.stream()
                .sorted(Comparator.comparingLong(Op::startNs)
                        .thenComparingLong(Op::endNs)
                        .thenComparingInt(Op::device)
                        .thenComparing(op -> String.valueOf(op.action())))
                .toList();
    }

    /** How many there are. */
    public int size() {
        return ops.size();
    }

    /** How much a transfer moves by its send, else by its receive, or -1; either is -1 where there is none. */
    long bytes(int send, int receive) {
        long sent = send < 0 ? -1 : ops.get(send).sentBytes();
        return sent >= 0 || receive < 0 ? sent : ops.get(receive).receivedBytes();
    }

    Op get(int index) {
        return ops.get(index);
    }
}
