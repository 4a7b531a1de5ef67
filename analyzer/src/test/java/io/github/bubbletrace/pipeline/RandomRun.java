package io.github.bubbletrace.pipeline;

import io.github.bubbletrace.Seeds;
import io.github.bubbletrace.pipeline.extract.Activity;
import io.github.bubbletrace.pipeline.extract.HeldMemory;
import io.github.bubbletrace.pipeline.extract.HostStops;
import io.github.bubbletrace.pipeline.extract.TaskLayers;
import io.github.bubbletrace.pipeline.extract.TransferOps;
import io.github.bubbletrace.pipeline.fleet.Device;
import io.github.bubbletrace.pipeline.iteration.PlacedTask;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.Replay;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Inputs;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.ScheduleGraph;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.LongColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Seeded runs of random order with planted durations, transfers and delays, as the pipeline package would find them. */
public final class RandomRun {

    /** What is drawn into a run. */
    public static final class Plan {
        public ToLongFunction<Action> durationNs = action -> 1_000_000;
        public long longestTransferNs;
        public long longestDelayNs;
        public long launchGapNs;
        public boolean named = true;
        public Receive receive = Receive.PREPOSTED;
        public boolean forwardOnly;
    }

    private final Random random;
    private final Plan plan;
    private final Schedule schedule;
    private final ScheduleGraph scheduled;
    private final Replay replay;
    private final long[] lagNs;

    public RandomRun(long seed, Plan plan) {
        random = Seeds.random(seed);
        this.plan = plan;
        // How the receive into a device's first task was posted shows in later instances only.
        int fewest = plan.receive == Receive.BLOCKING ? 2 : 1;
        Shape shape = new Shape(2 + random.nextInt(4), 1 + random.nextInt(2), fewest + random.nextInt(6));
        schedule = randomOrder(shape);
        scheduled = graph();
        ReplayGraph graph = scheduled.graph();
        long[] durations = IntStream.range(0, graph.tasks())
                .mapToLong(task -> plan.durationNs.applyAsLong(scheduled.action(task)))
                .toArray();
        lagNs = IntStream.range(0, graph.edges())
                .mapToLong(e -> scheduled.isTransfer(e) ? draw(plan.longestTransferNs) : 0)
                .toArray();
        long[] delays = IntStream.range(0, graph.blocks())
                .mapToLong(b -> draw(plan.longestDelayNs))
                .toArray();
        replay = Replay.of(graph, durations, lagNs, delays);
    }

    /** Not every order can be run with receives that block the sender; then they are serial. */
    private ScheduleGraph graph() {
        if (plan.receive == Receive.BLOCKING) {
            try {
                return ScheduleGraph.of(schedule, Receive.BLOCKING);
            } catch (IllegalArgumentException deadlock) {
                plan.receive = Receive.SERIAL;
            }
        }
        return ScheduleGraph.of(schedule, plan.receive);
    }

    /** The run with its one window. */
    public PipelineRun run() {
        List<PlacedTask> tasks = new ArrayList<>();
        int devices = schedule.shape().devices();
        List<LongColumn> starts = columns(devices);
        List<LongColumn> ends = columns(devices);
        for (int task = 0; task < scheduled.graph().tasks(); task++) {
            int device = deviceOf(task);
            long start = replay.taskStartNs(task);
            long end = replay.taskEndNs(task);
            tasks.add(new PlacedTask(device, scheduled.action(task), 0, start, end, TaskLayers.NONE));
            long gap = Math.min(draw(plan.launchGapNs), end - start - 2);
            starts.get(device).add(start);
            ends.get(device).add(start + 1);
            starts.get(device).add(start + 1 + gap);
            ends.get(device).add(end);
        }
        List<Device> list = new ArrayList<>();
        for (int d = 0; d < devices; d++) {
            list.add(new Device(
                    0,
                    d,
                    d,
                    0,
                    new Activity(
                            IntervalSet.union(starts.get(d), ends.get(d)),
                            IntervalSet.EMPTY,
                            IntervalSet.EMPTY,
                            IntervalSet.EMPTY),
                    HostStops.NONE,
                    IntervalSet.EMPTY,
                    HeldMemory.NONE,
                    0));
        }
        return new PipelineRun(
                0,
                devices,
                schedule.shape().chunks(),
                schedule.shape().chunksPerDevice(),
                1,
                list,
                IntStream.range(0, devices).boxed().toList(),
                IntStream.range(0, devices).map(d -> 0).boxed().toList(),
                List.of(),
                plan.forwardOnly,
                new PointToPoint(operations()),
                List.of(),
                List.of(window(tasks)));
    }

    private static Window window(List<PlacedTask> tasks) {
        List<PlacedTask> sorted = new ArrayList<>(tasks);
        sorted.sort(java.util.Comparator.comparingInt(PlacedTask::device).thenComparingLong(PlacedTask::startNs));
        return new Window(0, false, sorted.stream().mapToInt(PlacedTask::device).toArray(), sorted);
    }

    /** A send from the end of its task and a receive whose start tells the mode; none where a transfer takes no time. */
    private List<PointToPoint.Op> operations() {
        ReplayGraph graph = scheduled.graph();
        List<PointToPoint.Op> ops = new ArrayList<>();
        for (int e = 0; e < graph.edges(); e++) {
            if (!scheduled.isTransfer(e)) {
                continue;
            }
            int source = graph.source(e);
            int block = graph.target(e);
            int previous = graph.previous(block);
            long sent = replay.taskEndNs(source);
            long free = previous < 0 ? 0 : replay.blockEndNs(previous);
            boolean preposted = plan.receive == Receive.PREPOSTED;
            long end = (preposted ? sent : Math.max(sent, free)) + lagNs[e];
            long posted = !preposted ? free : Math.min(sent, free - (previous < 0 ? 0 : 1));
            ops.add(new PointToPoint.Op(
                    deviceOf(source),
                    -1,
                    TransferOps.Direction.SEND,
                    plan.named ? scheduled.action(source) : null,
                    -1,
                    sent,
                    end,
                    -1,
                    -1));
            ops.add(new PointToPoint.Op(
                    graph.deviceOf(block),
                    -1,
                    TransferOps.Direction.RECV,
                    plan.named ? scheduled.action(taskOf(block)) : null,
                    -1,
                    posted,
                    end,
                    -1,
                    -1));
        }
        return ops;
    }

    private int taskOf(int block) {
        return IntStream.range(0, scheduled.graph().tasks())
                .filter(task -> scheduled.graph().blockOf(task) == block)
                .findFirst()
                .orElseThrow();
    }

    private int deviceOf(int task) {
        return scheduled.graph().deviceOf(scheduled.graph().blockOf(task));
    }

    /** Any order in which every action comes after its inputs somewhere in time can be replayed. */
    private Schedule randomOrder(Shape shape) {
        Set<Action> all = new HashSet<>();
        for (int chunk = 0; chunk < shape.chunks(); chunk++) {
            for (int mb = 0; mb < shape.microBatches(); mb++) {
                all.add(new Action(Phase.F, chunk, mb));
                if (!plan.forwardOnly) {
                    all.add(new Action(Phase.B, chunk, mb));
                }
            }
        }
        Inputs inputs = new Inputs(shape.chunks());
        List<Action> waiting = new ArrayList<>(all);
        waiting.sort(java.util.Comparator.comparing(Action::toString));
        List<List<Action>> orders = new ArrayList<>();
        IntStream.range(0, shape.devices()).forEach(d -> orders.add(new ArrayList<>()));
        Set<Action> done = new HashSet<>();
        while (!waiting.isEmpty()) {
            List<Action> ready = waiting.stream()
                    .filter(a -> done.containsAll(inputs.of(a, all)))
                    .toList();
            Action next = ready.get(random.nextInt(ready.size()));
            waiting.remove(next);
            done.add(next);
            orders.get(next.chunk() % shape.devices()).add(next);
        }
        return Schedule.roundRobin("random", shape, orders::get);
    }

    private long draw(long longest) {
        return longest == 0 ? 0 : random.nextLong(longest) + 1;
    }

    private static List<LongColumn> columns(int count) {
        return IntStream.range(0, count).mapToObj(i -> new LongColumn()).toList();
    }
}
