package io.github.bubbletrace.attribution;

import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.schedule.Action;
import java.util.Arrays;

/** Fills the columns of a {@link Step}; what is not set costs nothing. Times in nanoseconds. */
public final class StepBuilder {

    final int iteration;
    final ReplayGraph graph;
    final Action[] action;
    final double[] factor;
    final double[] meanFactor;
    final double[] size;
    final long[] ownNs;
    final long[] gapNs;
    final long[] transferNs;
    final long[] lateNs;
    final int[] lateDevice;
    final int[] target;
    final long[] delayNs;
    final long[] blockBusyNs;
    long otherBusyNs;

    /** Starts the columns of a step over {@code graph}. */
    public StepBuilder(int iteration, ReplayGraph graph) {
        this.iteration = iteration;
        this.graph = graph;
        action = new Action[graph.tasks()];
        factor = new double[graph.tasks()];
        meanFactor = new double[graph.tasks()];
        Arrays.fill(factor, 1);
        Arrays.fill(meanFactor, 1);
        size = new double[graph.tasks()];
        Arrays.fill(size, 1);
        ownNs = new long[graph.tasks()];
        gapNs = new long[graph.tasks()];
        transferNs = new long[graph.edges()];
        lateNs = new long[graph.edges()];
        lateDevice = new int[graph.edges()];
        target = new int[graph.edges()];
        delayNs = new long[graph.blocks()];
        blockBusyNs = new long[graph.blocks()];
    }

    /** What a task runs, how long without launch gaps, and its launch gaps. */
    public void task(int task, Action what, long own, long gaps) {
        action[task] = what;
        ownNs[task] = own;
        gapNs[task] = gaps;
    }

    /** The factor of a task's chunk in its phase, the mean over the chunks, and its micro-batch's size over the mean. */
    void factors(int task, double own, double mean, double relativeSize) {
        size[task] = relativeSize;
        factor[task] = own;
        meanFactor[task] = mean;
    }

    /** The task that waits for an edge, what its transfer takes, what passes before it, and whose side comes last. */
    public void edge(int edge, int task, long transfer, long late, int device) {
        target[edge] = task;
        transferNs[edge] = transfer;
        lateNs[edge] = late;
        lateDevice[edge] = device;
    }

    /** How much later than possible a block starts, and how long its device computes in it. */
    public void block(int block, long delay, long busy) {
        delayNs[block] = delay;
        blockBusyNs[block] = busy;
    }

    /** What all devices compute outside of tasks. */
    public void otherBusy(long ns) {
        otherBusyNs = ns;
    }

    /** The finished step. */
    public Step build() {
        return new Step(this);
    }
}
