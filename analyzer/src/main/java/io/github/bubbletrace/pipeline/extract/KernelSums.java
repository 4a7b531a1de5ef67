package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/** How often each kernel ran on each lane of a file, and for how long: one row for a lane and a name. Immutable. */
public final class KernelSums {

    /** A file without kernels. */
    public static final KernelSums NONE = new KernelSums();

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final IntColumn lane = new IntColumn();
    private final IntColumn name = new IntColumn();
    private final IntColumn kind = new IntColumn();
    private final LongColumn count = new LongColumn();
    private final LongColumn totalNs = new LongColumn();
    private final List<String> text = new ArrayList<>();
    private int[] rowPlusOne = new int[1 << 10];

    private KernelSums() {}

    /** The sums over all kernels of {@code trace}, whose lanes are {@code lane}. */
    static KernelSums of(Trace trace, int[] lane) {
        KernelSums sums = new KernelSums();
        KernelTable kernels = trace.kernels();
        for (int k = 0; k < kernels.size(); k++) {
            int row = sums.row(lane[k], kernels.name(k));
            if (row == sums.kind.size()) {
                sums.kind.add(kernels.kind(k).ordinal());
                sums.text.add(trace.strings().get(kernels.name(k)));
            }
            sums.count.set(row, sums.count.get(row) + 1);
            sums.totalNs.set(row, sums.totalNs.get(row) + kernels.endNs(k) - kernels.startNs(k));
        }
        sums.rowPlusOne = null;
        return sums;
    }

    /** The row of a lane and a name, which is added where it is new. */
    private int row(int ofLane, int ofName) {
        int mask = rowPlusOne.length - 1;
        int slot = slot(ofLane, ofName);
        for (; rowPlusOne[slot] != 0; slot = (slot + 1) & mask) {
            int row = rowPlusOne[slot] - 1;
            if (lane.get(row) == ofLane && name.get(row) == ofName) {
                return row;
            }
        }
        lane.add(ofLane);
        name.add(ofName);
        count.add(0);
        totalNs.add(0);
        rowPlusOne[slot] = lane.size();
        if (2 * lane.size() > rowPlusOne.length) {
            grow();
        }
        return lane.size() - 1;
    }

    private void grow() {
        rowPlusOne = new int[2 * rowPlusOne.length];
        int mask = rowPlusOne.length - 1;
        for (int row = 0; row < lane.size(); row++) {
            int slot = slot(lane.get(row), name.get(row));
            while (rowPlusOne[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            rowPlusOne[slot] = row + 1;
        }
    }

    private int slot(int ofLane, int ofName) {
        long key = ((long) ofLane << Integer.SIZE) | ofName;
        return (int) ((key * SPREAD) >>> (Long.SIZE - Integer.numberOfTrailingZeros(rowPlusOne.length)));
    }

    /** How many rows there are. */
    public int size() {
        return lane.size();
    }

    /** The lane. */
    public int lane(int row) {
        return lane.get(row);
    }

    /** The kernel's short name. */
    public String name(int row) {
        return text.get(row);
    }

    /** Whether it computes or communicates. */
    public KernelKind kind(int row) {
        return KernelKind.values()[kind.get(row)];
    }

    /** How often it ran. */
    public long count(int row) {
        return count.get(row);
    }

    /** Sum of its times, in nanoseconds. */
    public long totalNs(int row) {
        return totalNs.get(row);
    }
}
