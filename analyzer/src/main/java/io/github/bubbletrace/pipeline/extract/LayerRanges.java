package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.Trace;
import java.util.Arrays;

/**
 * Joins the kernels of tasks to the layer's range that they were launched in, the innermost on the launching thread: hooks of
 * backward passes run on the thread that launches.
 */
final class LayerRanges {

    private final KernelTable kernels;
    private final LabelledRanges labelled;
    private final Launches launches;
    private final RangeIndex[] ofThread;
    private final boolean isEmpty;

    LayerRanges(Trace trace, LabelledRanges labelled, Launches launches) {
        kernels = trace.kernels();
        this.labelled = labelled;
        this.launches = launches;
        ofThread = new RangeIndex[trace.processes().threads()];
        int[] rows = labelled.layerRows();
        isEmpty = rows.length == 0;
        labelled.byThread(rows).forEach((thread, ranges) -> ofThread[thread] = labelled.index(ranges));
    }

    /**
     * Gives {@code tasks} what their layers took.
     *
     * @param made the tasks of ranges
     * @param range task range of each kernel, or -1
     * @param lane lane of each kernel
     * @param lanes how many lanes there are
     */
    void sum(TaskTable tasks, TaskExtractor made, int[] range, int[] lane, int lanes) {
        if (isEmpty) {
            return;
        }
        LayerSums sums = new LayerSums(lanes);
        int[] lastRange = new int[lanes];
        int[] lastTask = new int[lanes];
        Arrays.fill(lastRange, -1);
        for (int k = 0; k < kernels.size(); k++) {
            if (range[k] < 0 || kernels.kind(k) != KernelKind.COMPUTE) {
                continue;
            }
            int own = lane[k];
            if (lastRange[own] != range[k]) {
                lastRange[own] = range[k];
                lastTask[own] = made.onlyTask(range[k], own);
            }
            if (lastTask[own] >= 0) {
                sums.add(own, lastTask[own], layer(k), kernels.endNs(k) - kernels.startNs(k));
            }
        }
        tasks.giveLayers(sums.ofTasks(tasks.size()));
    }

    private int layer(int kernel) {
        RangeIndex index = launches.isKnown(kernel) ? ofThread[launches.thread(kernel)] : null;
        int row = index == null ? -1 : index.at(launches.timeNs(kernel));
        return row < 0 ? TaskLayers.REST : labelled.layer(row);
    }
}
