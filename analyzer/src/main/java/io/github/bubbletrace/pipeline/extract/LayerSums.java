package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import java.util.Arrays;

/**
 * Adds up kernel time by task and layer. Kernels come one by one; neighbours of one task and layer share a row, so that
 * there are about as many rows as layers that tasks run.
 */
final class LayerSums {

    private final IntColumn task = new IntColumn();
    private final IntColumn layer = new IntColumn();
    private final LongColumn ns = new LongColumn();
    private final int[] lastRow;
    private int layers;

    /** @param lanes how many lanes kernels run on */
    LayerSums(int lanes) {
        lastRow = new int[lanes];
        Arrays.fill(lastRow, -1);
    }

    void add(int lane, int ofTask, int ofLayer, long durationNs) {
        int last = lastRow[lane];
        if (last >= 0 && task.get(last) == ofTask && layer.get(last) == ofLayer) {
            ns.set(last, ns.get(last) + durationNs);
            return;
        }
        lastRow[lane] = task.size();
        task.add(ofTask);
        layer.add(ofLayer);
        ns.add(durationNs);
        layers = Math.max(layers, ofLayer + 1);
    }

    /** What the layers of each of {@code tasks} tasks took. */
    TaskLayers[] ofTasks(int tasks) {
        int[] end = new int[tasks];
        for (int row = 0; row < task.size(); row++) {
            end[task.get(row)]++;
        }
        Arrays.parallelPrefix(end, Integer::sum);
        int[] next = new int[tasks];
        for (int t = 1; t < tasks; t++) {
            next[t] = end[t - 1];
        }
        int[] rows = new int[task.size()];
        for (int row = 0; row < rows.length; row++) {
            rows[next[task.get(row)]++] = row;
        }
        long[] sums = new long[layers + 1];
        TaskLayers[] all = new TaskLayers[tasks];
        for (int t = 0; t < tasks; t++) {
            all[t] = sum(rows, t == 0 ? 0 : end[t - 1], end[t], sums);
        }
        return all;
    }

    /** @param sums zeros, which it leaves as zeros */
    private TaskLayers sum(int[] rows, int from, int to, long[] sums) {
        int[] found = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            int own = layer.get(rows[i]);
            if (sums[own + 1] == 0) {
                found[count++] = own;
            }
            sums[own + 1] += Math.max(1, ns.get(rows[i]));
        }
        int[] ordered = Arrays.copyOf(found, count);
        Arrays.sort(ordered);
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = sums[ordered[i] + 1];
            sums[ordered[i] + 1] = 0;
        }
        return count == 0 ? TaskLayers.NONE : new TaskLayers(ordered, times);
    }
}
