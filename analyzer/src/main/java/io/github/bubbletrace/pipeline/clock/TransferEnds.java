package io.github.bubbletrace.pipeline.clock;

import io.github.bubbletrace.pipeline.extract.CollectiveOps;
import io.github.bubbletrace.pipeline.extract.TransferOps;
import io.github.bubbletrace.pipeline.extract.TransferOps.Direction;
import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.rank.Peers;
import io.github.bubbletrace.trace.FileClock;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * When the send and receive kernels of one file ended, or its collectives, ascending, on the axis that its session start
 * gives. Both kernels of a transfer end together, and all of a collective; ranges on the host and copies through it do not.
 * Immutable.
 */
final class TransferEnds {

    private final int file;
    private final TransferOps ops;
    private final Peers peers;
    private final int[] rankOfLane;
    private final long[] endNs;
    private final int[] op;

    private TransferEnds(int file, TransferOps ops, Peers peers, int[] rankOfLane, long[] endNs, int[] op) {
        this.file = file;
        this.ops = ops;
        this.peers = peers;
        this.rankOfLane = rankOfLane;
        this.endNs = endNs;
        this.op = op;
    }

    static TransferEnds of(int file, TransferOps ops, Peers peers, int[] rankOfLane, FileClock clock) {
        IntColumn rows = new IntColumn();
        LongColumn ends = new LongColumn();
        for (int op = 0; op < ops.size(); op++) {
            if (ops.isKernel(op) && ops.direction(op) != Direction.MANY) {
                rows.add(op);
                ends.add(clock.at(ops.endNs(op)));
            }
        }
        int[] order = RadixOrder.of(ends.toArray());
        return new TransferEnds(
                file,
                ops,
                peers,
                rankOfLane,
                Arrays.stream(order).mapToLong(ends::get).toArray(),
                Arrays.stream(order).map(rows::get).toArray());
    }

    /** The ends of collectives of one file whose groups several files are of. */
    static TransferEnds ofCollectives(int file, TransferOps ops, Peers peers, Set<String> shared, FileClock clock) {
        CollectiveOps collectives = ops.collectives();
        IntColumn rows = new IntColumn();
        LongColumn ends = new LongColumn();
        for (int op = 0; op < collectives.size(); op++) {
            if (shared.contains(collectives.group(op))) {
                rows.add(~op);
                ends.add(clock.at(collectives.endNs(op)));
            }
        }
        int[] order = RadixOrder.of(ends.toArray());
        return new TransferEnds(
                file,
                ops,
                peers,
                new int[0],
                Arrays.stream(order).mapToLong(ends::get).toArray(),
                Arrays.stream(order).map(rows::get).toArray());
    }

    /** The same without some. */
    TransferEnds without(boolean[] taken) {
        int[] kept = IntStream.range(0, taken.length).filter(i -> !taken[i]).toArray();
        return new TransferEnds(
                file,
                ops,
                peers,
                rankOfLane,
                Arrays.stream(kept).mapToLong(i -> endNs[i]).toArray(),
                Arrays.stream(kept).map(i -> op[i]).toArray());
    }

    /** How many there are. */
    int size() {
        return endNs.length;
    }

    /** The end of one. */
    long endNs(int index) {
        return endNs[index];
    }

    /** Whether it is known to be a send. */
    boolean isSend(int index) {
        return op[index] >= 0 && ops.direction(op[index]) == Direction.SEND;
    }

    /** Whether it is known to be a receive. */
    boolean isReceive(int index) {
        return op[index] >= 0 && ops.direction(op[index]) == Direction.RECV;
    }

    /** The first that ends no earlier than {@code timeNs}. */
    int firstFrom(long timeNs) {
        int found = Arrays.binarySearch(endNs, timeNs);
        while (found > 0 && endNs[found - 1] == timeNs) {
            found--;
        }
        return found >= 0 ? found : -found - 1;
    }

    /** How far from one of {@code other} the nearest that may be its other side ends; {@code mostNs} where none is nearer. */
    long nearestNs(TransferEnds other, int otherIndex, long mostNs) {
        long end = other.endNs(otherIndex);
        long nearest = mostNs;
        for (int i = firstFrom(end - mostNs + 1); i < size() && endNs[i] - end < nearest; i++) {
            long apart = Math.abs(endNs[i] - end);
            nearest = apart < nearest && mayMeet(i, other, otherIndex) ? apart : nearest;
        }
        return nearest;
    }

    /** Whether one of this file and one of {@code other} may be the two sides of a transfer. */
    boolean mayMeet(int index, TransferEnds other, int otherIndex) {
        if (op[index] < 0 || other.op[otherIndex] < 0) {
            return op[index] < 0
                    && other.op[otherIndex] < 0
                    && isOneCollective(~op[index], other, ~other.op[otherIndex]);
        }
        Direction own = ops.direction(op[index]);
        boolean directions =
                own != other.ops.direction(other.op[otherIndex]) || own == Direction.UNKNOWN || own == Direction.BOTH;
        return directions
                && isPeer(index, other, otherIndex)
                && other.isPeer(otherIndex, this, index)
                && sameMicroBatch(ops.label(op[index]), other.ops.label(other.op[otherIndex]));
    }

    private boolean isOneCollective(int own, TransferEnds other, int others) {
        return (file != other.file
                        || ops.collectives().lane(own)
                                != other.ops.collectives().lane(others))
                && ops.collectives().group(own).equals(other.ops.collectives().group(others));
    }

    private boolean isPeer(int index, TransferEnds other, int otherIndex) {
        return peers.mayBe(file, op[index], other.rankOfLane[other.ops.lane(other.op[otherIndex])]);
    }

    /** Iterations may be numbered differently in each file; tokens fed back were another batch's. */
    private static boolean sameMicroBatch(Label own, Label other) {
        return own == null
                || other == null
                || isFed(own)
                || isFed(other)
                || (own.microBatch() == other.microBatch()
                        && own.phase().isForward() == other.phase().isForward());
    }

    private static boolean isFed(Label label) {
        return label.role() == Label.Role.RECV && label.phase().isServing() && label.chunk() <= 0;
    }
}
