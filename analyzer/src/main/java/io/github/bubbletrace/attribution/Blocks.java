package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Window;
import java.util.Arrays;

/**
 * The blocks of a window: tasks of a device whose hulls overlap are one block. Blocks are numbered by device and start,
 * like the tasks. Immutable.
 */
final class Blocks {

    private final int[] ofTask;
    private final int[] firstTask;
    private final long[] startNs;
    private final long[] endNs;

    Blocks(Window window) {
        int tasks = window.tasks();
        ofTask = new int[tasks];
        int[] first = new int[tasks + 1];
        long[] ends = new long[tasks];
        int count = 0;
        for (int task = 0; task < tasks; task++) {
            boolean joins = task > 0
                    && window.device(task) == window.device(task - 1)
                    && window.startNs(task) < ends[count - 1];
            if (!joins) {
                first[count++] = task;
                ends[count - 1] = window.endNs(task);
            }
            ends[count - 1] = Math.max(ends[count - 1], window.endNs(task));
            ofTask[task] = count - 1;
        }
        first[count] = tasks;
        firstTask = Arrays.copyOf(first, count + 1);
        endNs = Arrays.copyOf(ends, count);
        startNs = new long[count];
        Arrays.setAll(startNs, block -> window.startNs(first[block]));
    }

    int size() {
        return startNs.length;
    }

    int of(int task) {
        return ofTask[task];
    }

    int firstTask(int block) {
        return firstTask[block];
    }

    /** One past the block's last task. */
    int endTask(int block) {
        return firstTask[block + 1];
    }

    long startNs(int block) {
        return startNs[block];
    }

    long endNs(int block) {
        return endNs[block];
    }
}
