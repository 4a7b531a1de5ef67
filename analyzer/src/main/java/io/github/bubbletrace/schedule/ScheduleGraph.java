package io.github.bubbletrace.schedule;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.replay.ReplayGraphBuilder;
import io.github.bubbletrace.trace.IntColumn;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A schedule as a {@link ReplayGraph}: each action is a task, numbered device by device in the order of the schedule, in
 * a block of its own or with the action that it runs side by side with; each input is an edge. Immutable.
 */
public final class ScheduleGraph {

    private final Schedule schedule;
    private final ReplayGraph graph;
    private final ActionNumbers actions;
    private final int[] edgeTargets;
    private final int[] firstTask;

    private ScheduleGraph(Schedule schedule, ReplayGraph graph, int[] edgeTargets) {
        this.schedule = schedule;
        this.graph = graph;
        actions = schedule.numbers();
        this.edgeTargets = edgeTargets;
        firstTask = new int[graph.blocks()];
        for (int task = graph.tasks() - 1; task >= 0; task--) {
            firstTask[graph.blockOf(task)] = task;
        }
    }

    /**
     * The graph of {@code schedule}.
     *
     * @param receive how transfers between devices are received; inputs from the device itself need no transfer
     * @throws IllegalArgumentException where the order can never finish, naming the rank, the action and what it waits
     *     for
     */
    public static ScheduleGraph of(Schedule schedule, Receive receive) {
        ReplayGraphBuilder builder = new ReplayGraphBuilder(schedule.shape().devices());
        IntColumn blockOf = new IntColumn(schedule.actions());
        for (int device = 0; device < schedule.shape().devices(); device++) {
            for (Action action : schedule.order(device)) {
                blockOf.add(schedule.isJoined(action) ? blockOf.get(blockOf.size() - 1) : builder.addBlock(device));
                builder.addTask(0);
            }
        }
        int[] targets = addEdges(schedule, receive, builder, blockOf);
        ReplayGraph graph = builder.build();
        ScheduleGraph built = new ScheduleGraph(schedule, graph, targets);
        graph.stuckBlock().ifPresent(block -> {
            throw new IllegalArgumentException(Deadlock.describe(schedule, built.action(built.firstTask[block])));
        });
        return built;
    }

    /** The schedule that this is the graph of. */
    public Schedule schedule() {
        return schedule;
    }

    /** The graph. */
    public ReplayGraph graph() {
        return graph;
    }

    /** The action that {@code task} is. */
    public Action action(int task) {
        return actions.action(task);
    }

    /** The first task of {@code block}. */
    public int firstTask(int block) {
        return firstTask[block];
    }

    /** The task that waits for {@code edge}. */
    public int targetTask(int edge) {
        return edgeTargets[edge];
    }

    /** Whether {@code edge} joins two devices, so that it stands for a transfer. */
    public boolean isTransfer(int edge) {
        return sender(edge) != receiver(edge);
    }

    /** The device that {@code edge} comes from. */
    public int sender(int edge) {
        return graph.deviceOf(graph.blockOf(graph.source(edge)));
    }

    /** The device that {@code edge} leads to. */
    public int receiver(int edge) {
        return graph.deviceOf(graph.target(edge));
    }

    /** The duration of every task, in nanoseconds: those of a block of two last as long as both together. */
    public long[] durationsNs(TaskTimes times) {
        long[] ns = new long[graph.tasks()];
        Arrays.setAll(ns, task -> times.ofNs(action(task), schedule));
        for (int task = 1; task < ns.length; task++) {
            if (schedule.isJoined(action(task))) {
                ns[task] = times.besideNs(action(task - 1), action(task), schedule);
                ns[task - 1] = ns[task];
            }
        }
        return ns;
    }

    private static int[] addEdges(Schedule schedule, Receive receive, ReplayGraphBuilder builder, IntColumn blockOf) {
        ActionNumbers tasks = schedule.numbers();
        Predicate<Action> exists = schedule::contains;
        InputEdges edges = new InputEdges(schedule, receive, builder, blockOf);
        for (int task = 0; task < tasks.count(); task++) {
            edges.task = task;
            if (!schedule.inputs().visit(tasks.action(task), exists, edges)) {
                throw new IllegalArgumentException(Deadlock.describe(schedule, tasks.action(task)));
            }
        }
        return edges.targets.toArray();
    }

    /** Adds an edge for each input of one task after the other; an object a task costs more than the edges. */
    private static final class InputEdges implements Consumer<Action> {

        private final Schedule schedule;
        private final ActionNumbers tasks;
        private final Receive receive;
        private final ReplayGraphBuilder builder;
        private final IntColumn blockOf;
        private final IntColumn targets;
        private int task;

        InputEdges(Schedule schedule, Receive receive, ReplayGraphBuilder builder, IntColumn blockOf) {
            this.schedule = schedule;
            this.receive = receive;
            this.builder = builder;
            this.blockOf = blockOf;
            tasks = schedule.numbers();
            targets = new IntColumn(2 * tasks.count());
        }

        @Override
        public void accept(Action input) {
            boolean local = schedule.deviceOf(input.chunk())
                    == schedule.deviceOf(tasks.action(task).chunk());
            builder.addEdge(tasks.of(input), blockOf.get(task), local ? Receive.PREPOSTED : receive);
            targets.add(task);
        }
    }
}
