package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.pipeline.TransferOps.Direction;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/** When the sends and receives of one file ended, ascending, on the axis that its session start gives. Immutable. */
final class TransferEnds {

    private final long[] endNs;
    private final Direction[] direction;

    private TransferEnds(long[] endNs, Direction[] direction) {
        this.endNs = endNs;
        this.direction = direction;
    }

    static TransferEnds of(TransferOps ops, long shiftNs) {
        IntColumn rows = new IntColumn();
        LongColumn ends = new LongColumn();
        for (int op = 0; op < ops.size(); op++) {
            if (ops.direction(op) != Direction.COPY) {
                rows.add(op);
                ends.add(ops.endNs(op) + shiftNs);
            }
        }
        int[] order = RadixOrder.of(ends.toArray());
        return new TransferEnds(
                Arrays.stream(order).mapToLong(ends::get).toArray(),
                Arrays.stream(order).mapToObj(i -> ops.direction(rows.get(i))).toArray(Direction[]::new));
    }

    /** The same without some. */
    TransferEnds without(boolean[] taken) {
        int[] kept = IntStream.range(0, taken.length).filter(i -> !taken[i]).toArray();
        return new TransferEnds(
                Arrays.stream(kept).mapToLong(i -> endNs[i]).toArray(),
                Arrays.stream(kept).mapToObj(i -> direction[i]).toArray(Direction[]::new));
    }

    /** How many there are. */
    int size() {
        return endNs.length;
    }

    /** The end of one. */
    long endNs(int index) {
        return endNs[index];
    }

    /** The first that ends no earlier than {@code timeNs}. */
    int firstFrom(long timeNs) {
        int found = Arrays.binarySearch(endNs, timeNs);
        while (found > 0 && endNs[found - 1] == timeNs) {
            found--;
        }
        return found >= 0 ? found : -found - 1;
    }

    /** Whether any may be the other side of one of {@code other} and ends no further from it than {@code nearNs}. */
    boolean meets(TransferEnds other, int otherIndex, long nearNs) {
        long end = other.endNs(otherIndex);
        for (int i = firstFrom(end - nearNs); i < size() && endNs[i] - end <= nearNs; i++) {
            if (mayMeet(i, other, otherIndex)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of this file and one of {@code other} may be the two sides of a transfer. */
    boolean mayMeet(int index, TransferEnds other, int otherIndex) {
        Direction own = direction[index];
        return own != other.direction[otherIndex] || own == Direction.UNKNOWN || own == Direction.BOTH;
    }
}
