package io.github.bubbletrace.attribution;

import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.replay.Sweep;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * One step in columns: its graph, what every task is, and what tasks, transfers and launches cost. A recorded step replays
 * as it was recorded, to the nanosecond; a what-if replaces columns, or builds another step. All times in nanoseconds.
 * Immutable.
 */
public final class Step {

    private final int iteration;
    private final ReplayGraph graph;
    private final Action[] action;
    private final boolean[] split;
    private final double[] factor;
    private final double[] meanFactor;
    private final double[] size;
    private final int[] lateDevice;
    private final int[] target;
    private final long[] blockOwnNs;
    private final long[] blockBusyNs;
    private final long otherBusyNs;
    private final Column ownNs;
    private final Column gapNs;
    private final Column transferNs;
    private final Column lateNs;
    private final Column delayNs;

    /** Values that nobody changes once they are there. */
    private record Column(
            @SuppressWarnings("ArrayRecordComponent") long[] values) {

        Column mapped(IntToLongFunction value) {
            long[] mapped = new long[values.length];
            Arrays.setAll(mapped, value);
            return new Column(mapped);
        }
    }

    Step(StepBuilder b) {
        iteration = b.iteration;
        graph = b.graph;
        action = b.action.clone();
        split = splits(action);
        factor = b.factor.clone();
        meanFactor = b.meanFactor.clone();
        size = b.size.clone();
        lateDevice = b.lateDevice.clone();
        target = b.target.clone();
        blockBusyNs = b.blockBusyNs.clone();
        otherBusyNs = b.otherBusyNs;
        ownNs = new Column(b.ownNs.clone());
        gapNs = new Column(b.gapNs.clone());
        transferNs = new Column(b.transferNs.clone());
        lateNs = new Column(b.lateNs.clone());
        delayNs = new Column(b.delayNs.clone());
        blockOwnNs = blockSums(ownNs.values);
    }

    private Step(Step s, ReplayGraph graph, Column own, Column gaps, Column transfers, Column late, Column delays) {
        iteration = s.iteration;
        this.graph = graph;
        action = s.action;
        split = s.split;
        factor = s.factor;
        meanFactor = s.meanFactor;
        size = s.size;
        lateDevice = s.lateDevice;
        target = s.target;
        blockOwnNs = s.blockOwnNs;
        blockBusyNs = s.blockBusyNs;
        otherBusyNs = s.otherBusyNs;
        ownNs = own;
        gapNs = gaps;
        transferNs = transfers;
        lateNs = late;
        delayNs = delays;
    }

    /** The same with other task durations, launch gaps apart. */
    public Step withOwn(IntToLongFunction ofTask) {
        return new Step(this, graph, ownNs.mapped(ofTask), gapNs, transferNs, lateNs, delayNs);
    }

    /** The same with other launch gaps inside tasks. */
    public Step withGaps(IntToLongFunction ofTask) {
        return new Step(this, graph, ownNs, gapNs.mapped(ofTask), transferNs, lateNs, delayNs);
    }

    /** The same with other transfers. */
    public Step withTransfers(IntToLongFunction ofEdge) {
        return new Step(this, graph, ownNs, gapNs, transferNs.mapped(ofEdge), lateNs, delayNs);
    }

    /** The same with another time before both sides of a transfer are there. */
    public Step withLate(IntToLongFunction ofEdge) {
        return new Step(this, graph, ownNs, gapNs, transferNs, lateNs.mapped(ofEdge), delayNs);
    }

    /** The same with other host delays. */
    public Step withDelays(IntToLongFunction ofBlock) {
        return new Step(this, graph, ownNs, gapNs, transferNs, lateNs, delayNs.mapped(ofBlock));
    }

    /** The same over a graph with the same tasks, blocks and edges. */
    public Step over(ReplayGraph other) {
        return new Step(this, other, ownNs, gapNs, transferNs, lateNs, delayNs);
    }

    /** Number of the iteration. */
    public int iteration() {
        return iteration;
    }

    /** What waits for what. */
    public ReplayGraph graph() {
        return graph;
    }

    /** What {@code task} runs. */
    public Action action(int task) {
        return action[task];
    }

    /** Whether {@code task} is a backward whose weight gradient is a task of its own. */
    public boolean isSplit(int task) {
        return split[task];
    }

    /** The device of {@code task}. */
    public int device(int task) {
        return graph.deviceOf(graph.blockOf(task));
    }

    /** The factor of a task's chunk in its phase; 1 where nothing is known. */
    public double factor(int task) {
        return factor[task];
    }

    /** The mean factor over the chunks of a task's phase; 1 where nothing is known. */
    public double meanFactor(int task) {
        return meanFactor[task];
    }

    /** The size of a task's micro-batch over the mean size in its phase; 1 where nothing is known. */
    public double size(int task) {
        return size[task];
    }

    /** Duration of {@code task} without its launch gaps. */
    public long ownNs(int task) {
        return ownNs.values[task];
    }

    /** Launch gaps inside {@code task}. */
    public long gapNs(int task) {
        return gapNs.values[task];
    }

    /** The transfer of {@code edge}, from both sides there to the arrival. */
    public long transferNs(int edge) {
        return transferNs.values[edge];
    }

    /** What passes before both sides of {@code edge}'s transfer are there; negative where clocks disagree. */
    public long lateNs(int edge) {
        return lateNs.values[edge];
    }

    /** The device whose side of {@code edge}'s transfer came last. */
    public int lateDevice(int edge) {
        return lateDevice[edge];
    }

    /** The task that waits for {@code edge}; its block waits with it. */
    public int target(int edge) {
        return target[edge];
    }

    /** Host delay of {@code block}; may be negative. */
    public long delayNs(int block) {
        return delayNs.values[block];
    }

    /** How long a device computes within {@code block}: in proportion to its tasks where they are changed. */
    public long busyNs(int block) {
        long before = blockOwnNs[block];
        long now = 0;
        for (int task = graph.firstTask(block); task < graph.endTask(block); task++) {
            now += ownNs(task);
        }
        return before == now || before == 0
                ? blockBusyNs[block]
                : Math.round((double) blockBusyNs[block] * now / before);
    }

    /** Busy time of all devices in blocks and outside of tasks. */
    public long busyNs() {
        long sum = otherBusyNs;
        for (int block = 0; block < graph.blocks(); block++) {
            sum += busyNs(block);
        }
        return sum;
    }

    /** Busy time outside of tasks. */
    public long otherBusyNs() {
        return otherBusyNs;
    }

    /** Durations of the tasks, launch gaps included: a copy. */
    public long[] durationsNs() {
        long[] durations = ownNs.values.clone();
        for (int task = 0; task < durations.length; task++) {
            durations[task] += gapNs.values[task];
        }
        return durations;
    }

    /** Of every edge the time from the end of its input to its arrival: a copy. */
    public long[] lagsNs() {
        long[] lags = transferNs.values.clone();
        for (int edge = 0; edge < lags.length; edge++) {
            lags[edge] += lateNs.values[edge];
        }
        return lags;
    }

    /** Host delays of the blocks: a copy. */
    public long[] delaysNs() {
        return delayNs.values.clone();
    }

    /** From the first task's start to the last one's end, replayed. */
    public long lengthNs() {
        Sweep sweep = new Sweep(graph);
        sweep.play(durationsNs(), lagsNs(), delayNs.values);
        return sweep.lengthNs();
    }

    private static boolean[] splits(Action[] action) {
        Set<Action> weights = new HashSet<>();
        for (Action one : action) {
            if (one.phase() == Phase.W) {
                weights.add(one);
            }
        }
        boolean[] split = new boolean[action.length];
        for (int task = 0; task < split.length && !weights.isEmpty(); task++) {
            Action one = action[task];
            split[task] =
                    one.phase() == Phase.B && weights.contains(new Action(Phase.W, one.chunk(), one.microBatch()));
        }
        return split;
    }

    private long[] blockSums(long[] ofTask) {
        long[] sums = new long[graph.blocks()];
        for (int task = 0; task < ofTask.length; task++) {
            sums[graph.blockOf(task)] += ofTask[task];
        }
        return sums;
    }
}
