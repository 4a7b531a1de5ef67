package io.github.bubbletrace.schedule;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.replay.ReplayGraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A schedule as a {@link ReplayGraph}: each action is a task, numbered device by device in the order of the schedule, in
 * a block of its own or with the action that it runs side by side with; each input is an edge. Immutable.
 */
public final class ScheduleGraph {

    private final Schedule schedule;
    private final ReplayGraph graph;
    private final List<Action> actions;
    private final List<Integer> edgeTargets;
    private final int[] firstTask;

    private ScheduleGraph(Schedule schedule, ReplayGraph graph, List<Action> actions, List<Integer> edgeTargets) {
        this.schedule = schedule;
        this.graph = graph;
        this.actions = List.copyOf(actions);
        this.edgeTargets = List.copyOf(edgeTargets);
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
        Map<Action, Integer> tasks = new HashMap<>();
        List<Action> actions = new ArrayList<>();
        int blocks = 0;
        List<Integer> blockOf = new ArrayList<>();
        for (int device = 0; device < schedule.shape().devices(); device++) {
            for (Action action : schedule.order(device)) {
                if (!schedule.isJoined(action)) {
                    builder.addBlock(device);
                    blocks++;
                }
                blockOf.add(blocks - 1);
                tasks.put(action, builder.addTask(0));
                actions.add(action);
            }
        }
        List<Integer> targets = addEdges(schedule, receive, builder, tasks, actions, blockOf);
        ReplayGraph graph = builder.build();
        ScheduleGraph built = new ScheduleGraph(schedule, graph, actions, targets);
        graph.stuckBlock().ifPresent(block -> {
            throw new IllegalArgumentException(Deadlock.describe(schedule, actions.get(built.firstTask[block])));
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
        return actions.get(task);
    }

    /** The first task of {@code block}. */
    public int firstTask(int block) {
        return firstTask[block];
    }

    /** The task that waits for {@code edge}. */
    public int targetTask(int edge) {
        return edgeTargets.get(edge);
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
        Arrays.setAll(ns, task -> times.ofNs(actions.get(task), schedule));
        for (int task = 1; task < ns.length; task++) {
            if (schedule.isJoined(actions.get(task))) {
                ns[task] = times.besideNs(actions.get(task - 1), actions.get(task), schedule);
                ns[task - 1] = ns[task];
            }
        }
        return ns;
    }

    private static List<Integer> addEdges(
            Schedule schedule,
            Receive receive,
            ReplayGraphBuilder builder,
            Map<Action, Integer> tasks,
            List<Action> actions,
            List<Integer> blockOf) {
        List<Integer> targets = new ArrayList<>();
        Set<Action> present = tasks.keySet();
        for (int task = 0; task < actions.size(); task++) {
            Action action = actions.get(task);
            if (schedule.inputs().missing(action, present).isPresent()) {
                throw new IllegalArgumentException(Deadlock.describe(schedule, action));
            }
            for (Action input : schedule.inputs().of(action, present)) {
                boolean local = schedule.deviceOf(input.chunk()) == schedule.deviceOf(action.chunk());
                builder.addEdge(tasks.get(input), blockOf.get(task), local ? Receive.PREPOSTED : receive);
                targets.add(task);
            }
        }
        return targets;
    }
}
