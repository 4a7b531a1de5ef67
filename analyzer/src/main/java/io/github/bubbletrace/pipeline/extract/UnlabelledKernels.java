package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Trace;
import java.util.Arrays;
import java.util.List;

/** Keeps the compute kernels of traces that name no task, but for those of the optimizer, lane by lane. */
final class UnlabelledKernels {

    private UnlabelledKernels() {}

    static List<LaneWork> of(Trace trace, Launches launches, int[] lane, int laneCount, boolean[] isOptimizer) {
        LongColumn[] starts = columns(laneCount);
        LongColumn[] ends = columns(laneCount);
        LongColumn[] issues = columns(laneCount);
        IntColumn[] names = new IntColumn[laneCount];
        Arrays.setAll(names, l -> new IntColumn());
        KernelTable kernels = trace.kernels();
        for (int k = 0; k < kernels.size(); k++) {
            if (kernels.kind(k) == KernelKind.COMPUTE && !isOptimizer[kernels.name(k)]) {
                starts[lane[k]].add(kernels.startNs(k));
                ends[lane[k]].add(kernels.endNs(k));
                issues[lane[k]].add(launches.isKnown(k) ? launches.timeNs(k) : LaneWork.UNKNOWN);
                names[lane[k]].add(trace.strings().get(kernels.name(k)).hashCode());
            }
        }
        LaneWork[] work = new LaneWork[laneCount];
        Arrays.setAll(work, l -> new LaneWork(starts[l], ends[l], issues[l], names[l]));
        return List.of(work);
    }

    private static LongColumn[] columns(int count) {
        LongColumn[] columns = new LongColumn[count];
        Arrays.setAll(columns, c -> new LongColumn());
        return columns;
    }
}
