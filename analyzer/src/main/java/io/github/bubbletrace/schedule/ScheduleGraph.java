package io.github.bubbletrace.schedule;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.replay.ReplayGraphBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A schedule as a {@link ReplayGraph}: each action is a block of one task, numbered device by device in the order of the
 * schedule; each input is an edge. Immutable.
 */
public final class ScheduleGraph {

    private final Schedule schedule;
    private final ReplayGraph graph;
    private final List<Action> actions;

    private ScheduleGraph(Schedule schedule, ReplayGraph graph, List<Action> actions) {
        this.schedule = schedule;
        this.graph = graph;
        this.actions = List.copyOf(actions);
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
        for (int device = 0; device < schedule.shape().devices(); device++) {
            for (Action action : schedule.order(device)) {
                tasks.put(action, builder.addSingle(device));
                actions.add(action);
            }
        }
        addEdges(schedule, receive, builder, tasks, actions);
        ReplayGraph graph = builder.build();
        graph.stuckBlock().ifPresent(block -> {
            throw new IllegalArgumentException(Deadlock.describe(schedule, actions.get(block)));
        });
        return new ScheduleGraph(schedule, graph, actions);
    }

    /** The schedule that this is the graph of. */
    public Schedule schedule() {
        return schedule;
    }

    /** The graph; tasks and blocks have the same numbers. */
    public ReplayGraph graph() {
        return graph;
    }

    /** The action that {@code task} is. */
    public Action action(int task) {
        return actions.get(task);
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

    private static void addEdges(
            Schedule schedule,
            Receive receive,
            ReplayGraphBuilder builder,
            Map<Action, Integer> tasks,
            List<Action> actions) {
        Inputs inputs = new Inputs(schedule.shape().chunks());
        for (int task = 0; task < actions.size(); task++) {
            Action action = actions.get(task);
            for (Action input : inputs.of(action, tasks.keySet())) {
                boolean local = schedule.deviceOf(input.chunk()) == schedule.deviceOf(action.chunk());
                builder.addEdge(tasks.get(input), task, local ? Receive.PREPOSTED : receive);
            }
        }
    }
}
