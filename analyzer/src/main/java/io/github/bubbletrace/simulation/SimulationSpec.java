package io.github.bubbletrace.simulation;

import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.pipeline.fleet.Layout.Dimension;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import java.util.List;
import java.util.Map;

/**
 * What to simulate. A stage is a chunk, numbered over the whole pipeline, as in the labels. Immutable.
 *
 * @param schedule what every iteration runs
 * @param times of all chunks of a device together
 * @param transferNs of every link that {@code linkTransferNs} does not name, in nanoseconds; 0 is free
 * @param linkTransferNs of single links
 * @param skips stages that send each other activations and gradients past those between, which wait for none of it
 * @param receive when receives are posted
 * @param imbalance factor of each stage's durations; stages that are missing have 1
 * @param jitter standard deviation of a task's duration, as a share of it
 * @param hostNs how much later than possible each task starts on stages that {@code stageHostNs} does not name
 * @param stageHostNs the same for single stages
 * @param stragglers single tasks that take longer
 * @param iterations how many iterations there are
 * @param boundaryNs idle time between two iterations
 * @param kernelsPerTask how many kernels a task, or each part of the model in it, consists of
 * @param labels how ranges are named
 * @param ranksPerFile how many ranks share a file, or 0 for all in one
 * @param clockSkew what a rank's clock shows beside the true time
 * @param seed of the jitter
 * @param perMark how many micro-batches share an iteration's number in own labels although nothing is flushed between them,
 *     as in an asynchronous run; 0 where labels follow the iterations
 * @param layout how many lanes and replicas run the schedule, each replica a little after the one before it, and which ranks they are
 * @param model what the chunks hold
 * @param nccl what the communication library says of its calls
 * @param batched whether what two stages send each other at the same moment is one kernel on each, as batched calls make it
 */
public record SimulationSpec(
        Schedule schedule,
        TaskTimes times,
        long transferNs,
        Map<Link, Long> linkTransferNs,
        List<Link> skips,
        Receive receive,
        Map<Integer, Double> imbalance,
        double jitter,
        long hostNs,
        Map<Integer, Long> stageHostNs,
        List<Straggler> stragglers,
        int iterations,
        long boundaryNs,
        int kernelsPerTask,
        Labels labels,
        int ranksPerFile,
        Map<Integer, ClockSkew> clockSkew,
        long seed,
        int perMark,
        Layout layout,
        ModelParts model,
        NcclDetail nccl,
        boolean batched) {

    /** @throws IllegalArgumentException where a number is out of range, saying which */
    public SimulationSpec {
        linkTransferNs = Map.copyOf(linkTransferNs);
        skips = List.copyOf(skips);
        imbalance = Map.copyOf(imbalance);
        stageHostNs = Map.copyOf(stageHostNs);
        stragglers = List.copyOf(stragglers);
        clockSkew = Map.copyOf(clockSkew);
        Shape shape = schedule.shape();
        require(iterations >= 1 && kernelsPerTask >= 1, "iterations and kernels per task must be at least 1");
        require(transferNs >= 0 && hostNs >= 0 && boundaryNs >= 0, "times must not be negative");
        require(Double.isFinite(jitter) && jitter >= 0, "the jitter must not be negative");
        require(perMark == 0 || iterations == 1, "an asynchronous run is one iteration");
        require(ranksPerFile >= 0, "ranks per file must be at least 1");
        require(
                clockSkew.isEmpty() || (ranksPerFile > 0 && ranksPerFile < layout.ranks()),
                "a clock skew needs several files: give fewer ranks per file than ranks");
        require(layout.pipeline() == shape.devices(), "the layout has other stages than the schedule");
        require(
                model.chunks() == 0 || model.chunks() == shape.chunks(),
                "layers are given for " + model.chunks() + " chunks, and the schedule has " + shape.chunks());
        imbalance.forEach((stage, factor) -> requireStage(stage, shape, factor > 0 && Double.isFinite(factor)));
        stageHostNs.forEach((stage, ns) -> requireStage(stage, shape, ns >= 0));
        for (Straggler straggler : stragglers) {
            requireStraggler(straggler, shape, iterations);
        }
        linkTransferNs.forEach((link, ns) -> {
            requireRank(link.low(), shape.devices());
            requireRank(link.high(), shape.devices());
            require(ns >= 0, "times must not be negative");
        });
        for (Link skip : skips) {
            requireRank(skip.high(), shape.devices());
            require(
                    shape.chunksPerDevice() == 1 && skip.high() - skip.low() > 1,
                    "a skip leads past a stage, and each stage is a rank of its own");
        }
        clockSkew.keySet().forEach(rank -> requireRank(rank, layout.ranks()));
    }

    /**
     * Starts from an undisturbed run of one iteration, one kernel a task, in one file.
     *
     * @throws IllegalArgumentException where the kind has no schedule of this shape
     */
    public static SimulationBuilder builder(ScheduleKind kind, Shape shape, TaskTimes times) {
        return builder(kind.generate(shape), times);
    }

    /** The same for any schedule. */
    public static SimulationBuilder builder(Schedule schedule, TaskTimes times) {
        return new SimulationBuilder(schedule, times);
    }

    /** Devices, chunks and micro-batches of the schedule. */
    public Shape shape() {
        return schedule.shape();
    }

    /** The place of {@code rank} in its pipeline. */
    int placeOf(int rank) {
        return layout.of(rank, Dimension.PP);
    }

    /** The replica that {@code rank} is of. */
    int replicaOf(int rank) {
        return layout.of(rank, Dimension.DP);
    }

    /** Which of the pipelines, one a replica and lane, {@code rank} is of. */
    int pipelineOf(int rank) {
        return replicaOf(rank) * layout.tensor() + layout.of(rank, Dimension.TP);
    }

    /** What own labels add on {@code rank}: its replica and its lane where there are several. */
    String whose(int rank) {
        if (labels != Labels.OWN) {
            return "";
        }
        String replica = layout.data() > 1 ? " dp=" + layout.of(rank, Dimension.DP) : "";
        return layout.tensor() > 1 ? replica + " tp=" + layout.of(rank, Dimension.TP) : replica;
    }

    /** The iteration's number in the label of {@code action}. */
    int markOf(int iteration, Action action) {
        return isMarked() ? action.microBatch() / perMark : iteration;
    }

    /** {@code action} as labels number it. */
    Action marked(Action action) {
        return isMarked() ? new Action(action.phase(), action.chunk(), action.microBatch() % perMark) : action;
    }

    /** PyTorch's labels have no iteration, so there micro-batches are numbered through. */
    private boolean isMarked() {
        return perMark > 0 && labels == Labels.OWN;
    }

    /** How much longer than the mean chunk's the tasks of a chunk take. */
    double factor(int chunk) {
        return imbalance.getOrDefault(chunk, 1.0) * model.factor(chunk);
    }

    /** How many kernels a task of a chunk consists of. */
    int kernels(int chunk) {
        return kernelsPerTask * Math.max(1, model.parts(chunk));
    }

    /** Tensor-parallel lanes reduce what each has computed: one collective a task, under its kernels. */
    int collectivesPerTask() {
        return layout.tensor() > 1 ? 1 : 0;
    }

    /** Transfer time between two ranks. */
    long transferNs(int sender, int receiver) {
        return linkTransferNs.getOrDefault(Link.between(sender, receiver), transferNs);
    }

    /** How much later than possible a task of {@code stage} starts. */
    long hostNs(int stage) {
        return stageHostNs.getOrDefault(stage, hostNs);
    }

    private static void requireStraggler(Straggler straggler, Shape shape, int iterations) {
        Action action = straggler.action();
        requireStage(action.chunk(), shape, straggler.factor() > 0 && Double.isFinite(straggler.factor()));
        require(
                straggler.iteration() >= 0
                        && straggler.iteration() < iterations
                        && action.microBatch() >= 0
                        && action.microBatch() < shape.microBatches(),
                "there is no iteration " + straggler.iteration() + " with a micro-batch " + action.microBatch());
    }

    private static void requireStage(int stage, Shape shape, boolean inRange) {
        require(
                stage >= 0 && stage < shape.chunks(),
                "there is no stage " + stage + ": the last one is " + (shape.chunks() - 1));
        require(inRange, "stage " + stage + " needs a factor above 0 or a time of 0 or more");
    }

    private static void requireRank(int rank, int ranks) {
        require(rank >= 0 && rank < ranks, "there is no rank " + rank + ": the last one is " + (ranks - 1));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
