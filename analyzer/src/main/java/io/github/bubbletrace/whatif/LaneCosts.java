package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.trace.Median;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one tensor-parallel lane of a recorded step costs: by phase, chunk of the model and place of the micro-batch in the
 * step. Tasks that overlap on their device count with their share of the block's time. Immutable.
 */
final class LaneCosts {

    /** Tasks run side by side where their block is shorter than this share of their summed durations. */
    private static final double BESIDE = 0.75;

    private static final Phase[] FORWARDS = {Phase.F, Phase.D, Phase.V, Phase.P};

    private static final int PHASES = Phase.values().length;

    private final Step step;
    private final int chunks;
    private final int microBatches;
    private final int[] taskOf;
    private final int[] edgeInto;
    private final double[] share;
    private final AloneTimes alone;
    private final double[] inner;

    /** The costs of {@code lane} in {@code step}, of a model of {@code chunks} chunks. */
    LaneCosts(List<Integer> laneOf, Step step, int lane, int chunks) {
        this.step = step;
        this.chunks = chunks;
        int tasks = step.graph().tasks();
        int[] numbers = IntStream.range(0, tasks)
                .map(task -> step.action(task).microBatch())
                .sorted()
                .distinct()
                .toArray();
        microBatches = numbers.length;
        Map<Integer, Integer> placeOf = new HashMap<>();
        for (int place = 0; place < numbers.length; place++) {
            placeOf.put(numbers[place], place);
        }
        taskOf = new int[PHASES * chunks * microBatches];
        Arrays.fill(taskOf, -1);
        for (int task = 0; task < tasks; task++) {
            Action action = step.action(task);
            if (laneOf.get(step.device(task)) == lane) {
                taskOf[key(action.phase(), action.chunk() % chunks, placeOf.get(action.microBatch()))] = task;
            }
        }
        edgeInto = new int[tasks];
        Arrays.fill(edgeInto, -1);
        for (int edge = 0; edge < step.graph().edges(); edge++) {
            if (LinkAtMedian.crosses(step, edge)) {
                edgeInto[step.target(edge)] = edge;
            }
        }
        alone = new AloneTimes(step, chunks);
        share = shares();
        inner = chunks < 3 ? new double[0] : inner();
    }

    int microBatches() {
        return microBatches;
    }

    /** Whether the backward of a micro-batch on a chunk is split. */
    boolean isSplit(int chunk, int place) {
        return task(Phase.W, chunk, place) >= 0;
    }

    /** What {@code work} takes without launch gaps, in nanoseconds; 0 where the step has nothing of the kind. */
    double ownNs(Work work, int chunk, int place) {
        return switch (work) {
            case FORWARD -> own(forward(chunk, place));
            case RECOMPUTE -> {
                int recorded = task(Phase.R, chunk, place);
                yield own(recorded >= 0 ? recorded : forward(chunk, place));
            }
            case BACKWARD -> own(task(Phase.B, chunk, place)) + own(task(Phase.W, chunk, place));
            case INPUT -> own(task(Phase.B, chunk, place)) / (isSplit(chunk, place) ? 1 : 2);
            case DRAFT -> own(task(Phase.S, chunk, place));
            case WEIGHT ->
                isSplit(chunk, place) ? own(task(Phase.W, chunk, place)) : own(task(Phase.B, chunk, place)) / 2;
        };
    }

    /** What a pass of a micro-batch through all chunks takes without launch gaps, in nanoseconds. */
    double passNs(int place) {
        double sum = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            sum += ownNs(Work.FORWARD, chunk, place);
        }
        return sum;
    }

    /** The recorded task that {@code work} is nearest to, or -1. */
    int task(Work work, int chunk, int place) {
        return switch (work) {
            case FORWARD -> forward(chunk, place);
            case RECOMPUTE -> {
                int recorded = task(Phase.R, chunk, place);
                yield recorded >= 0 ? recorded : forward(chunk, place);
            }
            case BACKWARD, INPUT -> task(Phase.B, chunk, place);
            case DRAFT -> task(Phase.S, chunk, place);
            case WEIGHT -> {
                int recorded = task(Phase.W, chunk, place);
                yield recorded >= 0 ? recorded : task(Phase.B, chunk, place);
            }
        };
    }

    /** How late the host was with {@code work}; 0 for work that is no task of its own in the trace. */
    long delayNs(Work work, int chunk, int place) {
        int task = switch (work) {
            case FORWARD -> forward(chunk, place);
            case BACKWARD, INPUT -> task(Phase.B, chunk, place);
            case WEIGHT -> task(Phase.W, chunk, place);
            case RECOMPUTE -> task(Phase.R, chunk, place);
            case DRAFT -> task(Phase.S, chunk, place);
        };
        boolean first = task >= 0 && step.graph().firstTask(step.graph().blockOf(task)) == task;
        return first ? Math.max(0, step.delayNs(step.graph().blockOf(task))) : 0;
    }

    /** Launch gaps of {@code task}. */
    double gapNs(int task) {
        return task < 0 ? 0 : step.gapNs(task) * share[task];
    }

    /** Busy time over duration of {@code task}. */
    double busyShare(int task) {
        if (task < 0) {
            return 1;
        }
        int block = step.graph().blockOf(task);
        double own = 0;
        for (int t = step.graph().firstTask(block); t < step.graph().endTask(block); t++) {
            own += step.ownNs(t) * share[t];
        }
        return own > 0 ? step.busyNs(block) / own : 1;
    }

    /** The edge that brings the input of a phase to a chunk from another device, or -1. */
    int edgeInto(Phase phase, int chunk, int place) {
        int task = phase == Phase.B ? task(Phase.B, chunk, place) : forward(chunk, place);
        return task < 0 ? -1 : edgeInto[task];
    }

    long transferNs(int edge) {
        return step.transferNs(edge);
    }

    /**
     * What passes before a transfer's two sides are there, where it is received {@code as}; never so far below zero that it
     * would arrive before it is sent. A recorded receive that was there a moment before its device was free waited for that
     * device all the same: where receives are not posted ahead, the replay does.
     */
    long lateNs(int edge, Receive as) {
        boolean isWaiting = as != Receive.PREPOSTED
                && step.graph().receive(edge) == Receive.PREPOSTED
                && step.lateDevice(edge) == LinkAtMedian.receiver(step, edge);
        return Math.max(-step.transferNs(edge), isWaiting ? Math.min(0, step.lateNs(edge)) : step.lateNs(edge));
    }

    private int forward(int chunk, int place) {
        for (Phase phase : FORWARDS) {
            int task = task(phase, chunk, place);
            if (task >= 0) {
                return task;
            }
        }
        return -1;
    }

    private int task(Phase phase, int chunk, int place) {
        return taskOf[key(phase, chunk, place)];
    }

    private int key(Phase phase, int chunk, int place) {
        return (phase.ordinal() * chunks + chunk) * microBatches + place;
    }

    private double own(int task) {
        return task < 0 ? 0 : step.ownNs(task) * share[task];
    }

    /** A duration over the usual one of its work and chunk; 1 where nothing is usual. */
    double accident(Work work, int chunk, int place) {
        double usual = alone.usualNs(work, chunk);
        return usual > 0 ? ownNs(work, chunk, place) / usual : 1;
    }

    /** The median of {@code work} over the inner chunks of a model of three chunks or more. */
    double innerNs(Work work, int place) {
        return inner[work.ordinal() * microBatches + place];
    }

    private double[] inner() {
        double[] medians = new double[Work.values().length * microBatches];
        double[] sorted = new double[chunks - 2];
        for (Work work : Work.values()) {
            for (int place = 0; place < microBatches; place++) {
                for (int chunk = 1; chunk + 1 < chunks; chunk++) {
                    sorted[chunk - 1] = ownNs(work, chunk, place);
                }
                Arrays.sort(sorted);
                medians[work.ordinal() * microBatches + place] = Median.ofSorted(sorted);
            }
        }
        return medians;
    }

    /**
     * What of each task's duration is its own work: all of it, or where tasks run side by side, its share of their block by
     * what such tasks take alone.
     */
    private double[] shares() {
        double[] shares = new double[step.graph().tasks()];
        for (int block = 0; block < step.graph().blocks(); block++) {
            int first = step.graph().firstTask(block);
            int end = step.graph().endTask(block);
            double weights = 0;
            long hulls = 0;
            long length = 0;
            for (int task = first; task < end; task++) {
                weights += alone.weight(task);
                hulls += hullNs(task);
                length = Math.max(length, step.graph().offsetNs(task) + hullNs(task));
            }
            boolean isBeside = length < BESIDE * hulls;
            for (int task = first; task < end; task++) {
                boolean isAlone = end - first == 1 || weights == 0 || hullNs(task) == 0;
                double share = isBeside ? 1 : (double) length / Math.max(1, hullNs(task));
                shares[task] = isAlone ? 1 : share * alone.weight(task) / weights;
            }
        }
        return shares;
    }

    private long hullNs(int task) {
        return step.ownNs(task) + step.gapNs(task);
    }
}
