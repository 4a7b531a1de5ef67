package io.github.bubbletrace.simulation;

import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.TaskTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects a {@link SimulationSpec}; every part not set is an undisturbed run's. */
public final class SimulationBuilder {

    private final Schedule schedule;
    private final TaskTimes times;
    private long transferNs;
    private final Map<Link, Long> linkTransferNs = new HashMap<>();
    private final List<Link> skips = new ArrayList<>();
    private Receive receive = Receive.PREPOSTED;
    private final Map<Integer, Double> imbalance = new HashMap<>();
    private double jitter;
    private long hostNs;
    private final Map<Integer, Long> stageHostNs = new HashMap<>();
    private final List<Straggler> stragglers = new ArrayList<>();
    private int iterations = 1;
    private long boundaryNs = 1_000_000;
    private int kernelsPerTask = 1;
    private Labels labels = Labels.OWN;
    private int ranksPerFile;
    private final Map<Integer, ClockSkew> clockSkew = new HashMap<>();
    private long seed;
    private int perMark;
    private Layout layout;
    private ModelParts model = ModelParts.NONE;
    private NcclDetail nccl = NcclDetail.CALLS;
    private boolean batched;

    SimulationBuilder(Schedule schedule, TaskTimes times) {
        this.schedule = schedule;
        this.times = times;
        layout = new Layout(1, schedule.shape().devices(), 1, Layout.DEFAULT_ORDER);
    }

    /** Time of every link's transfers, in nanoseconds. */
    public SimulationBuilder transfer(long ns) {
        transferNs = ns;
        return this;
    }

    /** Time of one link's transfers, in nanoseconds. */
    public SimulationBuilder transfer(Link link, long ns) {
        linkTransferNs.put(link, ns);
        return this;
    }

    /** Two stages that send each other activations and gradients past those between. */
    public SimulationBuilder skip(Link between) {
        skips.add(between);
        return this;
    }

    /** When receives are posted. */
    public SimulationBuilder receive(Receive mode) {
        receive = mode;
        return this;
    }

    /** Factor of a stage's durations. */
    public SimulationBuilder imbalance(int stage, double factor) {
        imbalance.put(stage, factor);
        return this;
    }

    /** Standard deviation of a task's duration, as a share of it. */
    public SimulationBuilder jitter(double share) {
        jitter = share;
        return this;
    }

    /** How much later than possible every task starts, in nanoseconds. */
    public SimulationBuilder host(long ns) {
        hostNs = ns;
        return this;
    }

    /** How much later than possible the tasks of a stage start, in nanoseconds. */
    public SimulationBuilder host(int stage, long ns) {
        stageHostNs.put(stage, ns);
        return this;
    }

    /** Makes one task take {@code factor} times its duration. */
    public SimulationBuilder straggler(int iteration, Action action, double factor) {
        stragglers.add(new Straggler(iteration, action, factor));
        return this;
    }

    /** How many iterations there are. */
    public SimulationBuilder iterations(int count) {
        iterations = count;
        return this;
    }

    /** Idle time between two iterations, in nanoseconds. */
    public SimulationBuilder boundary(long ns) {
        boundaryNs = ns;
        return this;
    }

    /** How many kernels a task consists of. */
    public SimulationBuilder kernels(int perTask) {
        kernelsPerTask = perTask;
        return this;
    }

    /** How ranges are named. */
    public SimulationBuilder labels(Labels style) {
        labels = style;
        return this;
    }

    /** How many ranks share a file. */
    public SimulationBuilder ranksPerFile(int count) {
        ranksPerFile = count;
        return this;
    }

    /** How much later the clock of a rank's file shows a moment than it is, in nanoseconds. */
    public SimulationBuilder clockSkew(int rank, long ns) {
        return clockSkew(rank, ns, 0);
    }

    /** The same for a clock that goes faster by {@code ppm} millionths too. */
    public SimulationBuilder clockSkew(int rank, long ns, double ppm) {
        clockSkew.put(rank, new ClockSkew(ns, ppm));
        return this;
    }

    /**
     * Makes labels give every {@code microBatches} of the one iteration a number of their own, and stragglers be named by
     * that, as in an asynchronous run.
     */
    public SimulationBuilder marked(int microBatches) {
        perMark = microBatches;
        return this;
    }

    /** Which lanes and replicas run the schedule, each replica a little after the one before it. */
    public SimulationBuilder layout(Layout ranks) {
        layout = ranks;
        return this;
    }

    /** What the chunks hold. */
    public SimulationBuilder model(ModelParts parts) {
        model = parts;
        return this;
    }

    /** What the communication library says of its calls. */
    public SimulationBuilder nccl(NcclDetail detail) {
        nccl = detail;
        return this;
    }

    /** Whether what two stages send each other at the same moment is one kernel on each. */
    public SimulationBuilder batched(boolean together) {
        batched = together;
        return this;
    }

    /** Seed of the jitter. */
    public SimulationBuilder seed(long value) {
        seed = value;
        return this;
    }

    /**
     * The finished specification.
     *
     * @throws IllegalArgumentException where a number is out of range
     */
    public SimulationSpec build() {
        return new SimulationSpec(
                schedule,
                times,
                transferNs,
                linkTransferNs,
                skips,
                receive,
                imbalance,
                jitter,
                hostNs,
                stageHostNs,
                perMark == 0
                        ? stragglers
                        : stragglers.stream().map(this::numberedThrough).toList(),
                iterations,
                boundaryNs,
                kernelsPerTask,
                labels,
                ranksPerFile,
                clockSkew,
                seed,
                perMark,
                layout,
                model,
                nccl,
                batched);
    }

    private Straggler numberedThrough(Straggler straggler) {
        Action action = straggler.action();
        int microBatch = Math.addExact(Math.multiplyExact(straggler.iteration(), perMark), action.microBatch());
        return new Straggler(0, new Action(action.phase(), action.chunk(), microBatch), straggler.factor());
    }
}
