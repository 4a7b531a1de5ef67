package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.KernelColumns;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.RadixOrder;
import io.github.bubbletrace.trace.Trace;

/**
 * The kernels of one file once its other events are dropped. Times are of the file's clock. Nothing is copied: the arrays
 * are those that reading made.
 */
public final class KeptKernels {

    /** A file without kernels. */
    public static final KeptKernels NONE = new KeptKernels(KernelColumns.NONE, new int[0], null, new String[0]);

    private final KernelColumns columns;
    private final int[] lane;
    private final Launches launches;
    private final String[] names;

    private KeptKernels(KernelColumns columns, int[] lane, Launches launches, String[] names) {
        this.columns = columns;
        this.lane = lane;
        this.launches = launches;
        this.names = names;
    }

    /** The kernels of {@code trace}, which is read anew: its lanes are numbered as they were before. */
    public static KeptKernels of(Trace trace) {
        return of(trace, GpuWork.of(trace));
    }

    static KeptKernels of(Trace trace, GpuWork work) {
        KernelTable kernels = trace.kernels();
        String[] names = new String[trace.strings().size()];
        for (int name = 0; name < names.length; name++) {
            names[name] = kernels.count(name) > 0 ? trace.strings().get(name) : null;
        }
        return new KeptKernels(kernels.columns(), work.lane(), work.launches(), names);
    }

    /** How much memory it holds, in bytes; names are left out. */
    public long bytes() {
        return launches == null
                ? 0
                : columns.size() * (long) (KernelColumns.BYTES + Integer.BYTES) + launches.bytes() + 4L * names.length;
    }

    /** How many kernels there are. */
    public int size() {
        return columns.size();
    }

    /** The kernels that run at some time in {@code times}, by their start. */
    public int[] within(IntervalSet times) {
        IntColumn rows = new IntColumn();
        LongColumn starts = new LongColumn();
        for (int k = 0; k < columns.size(); k++) {
            if (times.meets(columns.startNs(k), columns.endNs(k))) {
                rows.add(k);
                starts.add(columns.startNs(k));
            }
        }
        int[] order = RadixOrder.of(starts.toArray());
        for (int i = 0; i < order.length; i++) {
            order[i] = rows.get(order[i]);
        }
        return order;
    }

    /** Lane that it ran on. */
    public int lane(int kernel) {
        return lane[kernel];
    }

    /** Stream that it ran on. */
    public int stream(int kernel) {
        return columns.stream(kernel);
    }

    /** Start on the GPU, in nanoseconds. */
    public long startNs(int kernel) {
        return columns.startNs(kernel);
    }

    /** End on the GPU. */
    public long endNs(int kernel) {
        return columns.endNs(kernel);
    }

    /** Whether the call that launched it is in the trace. */
    public boolean isLaunchKnown(int kernel) {
        return launches.isKnown(kernel);
    }

    /** When the call that launched it, which must be known, began. */
    public long launchNs(int kernel) {
        return launches.timeNs(kernel);
    }

    /** Its short name. */
    public String name(int kernel) {
        return names[columns.name(kernel)];
    }
}
