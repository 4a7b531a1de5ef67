package io.github.bubbletrace.simulation;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.ScheduleGraph;
import io.github.bubbletrace.simulation.DeviceOp.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a simulated run into what each device executes. Both kernels of a transfer end when it ends. The send starts when
 * its input is finished. A preposted receive starts with the task before the one that needs it, yet no later than the
 * send, or it would delay the transfer; the other receives start when the task before has ended.
 */
final class DeviceTimeline {

    private static final Comparator<DeviceOp> LAUNCH_ORDER = Comparator.comparingInt(DeviceOp::iteration)
            .thenComparingLong(DeviceOp::startNs)
            .thenComparing(DeviceOp::role)
            .thenComparingLong(DeviceOp::endNs);

    /** Both sides of a transfer. */
    private record Transfer(DeviceOp send, DeviceOp receive) {

        Meeting meeting() {
            boolean isUp = receive.peer() < send.peer();
            return new Meeting(
                    Math.min(receive.peer(), send.peer()),
                    Math.max(receive.peer(), send.peer()),
                    isUp ? send.startNs() : receive.startNs(),
                    isUp ? receive.startNs() : send.startNs(),
                    send.endNs());
        }
    }

    /** When two devices are both there for a transfer, and when it ends. */
    private record Meeting(int low, int high, long lowNs, long highNs, long endNs) {}

    private final Simulation simulation;
    private final List<List<DeviceOp>> ops = new ArrayList<>();

    private DeviceTimeline(Simulation simulation) {
        this.simulation = simulation;
        for (int device = 0; device < simulation.spec().shape().devices(); device++) {
            ops.add(new ArrayList<>());
        }
    }

    /** For each device everything it executes, in the order in which its rank launches it. */
    static List<List<DeviceOp>> of(Simulation simulation) {
        DeviceTimeline timeline = new DeviceTimeline(simulation);
        for (SimulatedIteration iteration : simulation.iterations()) {
            timeline.addTasks(iteration);
            timeline.addTransfers(iteration);
            timeline.addSkips(iteration);
        }
        timeline.ops.forEach(list -> list.sort(LAUNCH_ORDER));
        return timeline.ops;
    }

    private void addTasks(SimulatedIteration iteration) {
        ReplayGraph graph = iteration.graph().graph();
        for (int task = 0; task < graph.tasks(); task++) {
            Action action = iteration.graph().action(task);
            ops.get(graph.deviceOf(graph.blockOf(task)))
                    .add(new DeviceOp(
                            iteration.index(),
                            Role.TASK,
                            action,
                            -1,
                            iteration.graph().schedule().isJoined(action) ? 1 : 0,
                            false,
                            iteration.taskStartNs(task),
                            iteration.taskEndNs(task)));
        }
    }

    private void addTransfers(SimulatedIteration iteration) {
        ScheduleGraph graph = iteration.graph();
        Map<Meeting, Transfer> open = new LinkedHashMap<>();
        for (int edge = 0; edge < graph.graph().edges(); edge++) {
            if (graph.isTransfer(edge)) {
                Transfer transfer = transfer(iteration, edge);
                if (simulation.spec().batched()) {
                    batch(transfer, open);
                } else {
                    add(transfer);
                }
            }
        }
        open.values().forEach(this::add);
    }

    /** Makes a transfer and one the other way at the same moment one kernel on each device, or keeps it open for one. */
    private void batch(Transfer transfer, Map<Meeting, Transfer> open) {
        Transfer back = open.remove(transfer.meeting());
        if (back != null && back.send().peer() != transfer.send().peer()) {
            exchange(transfer.send(), back.send().peer());
            exchange(back.send(), transfer.send().peer());
        } else {
            if (back != null) {
                add(back);
            }
            open.put(transfer.meeting(), transfer);
        }
    }

    private Transfer transfer(SimulatedIteration iteration, int edge) {
        ScheduleGraph graph = iteration.graph();
        Action source = graph.action(graph.graph().source(edge));
        Action target = graph.action(graph.targetTask(edge));
        int sender = graph.sender(edge);
        int receiver = graph.receiver(edge);
        long sentNs = iteration.taskEndNs(graph.graph().source(edge));
        long postedNs = postedNs(iteration, edge, sentNs);
        long endNs = Math.max(sentNs, postedNs) + simulation.spec().transferNs(sender, receiver);
        return new Transfer(
                new DeviceOp(iteration.index(), Role.SEND, source, receiver, 0, false, sentNs, endNs),
                new DeviceOp(iteration.index(), Role.RECEIVE, target, sender, 0, false, postedNs, endNs));
    }

    private void add(Transfer transfer) {
        ops.get(transfer.receive().peer()).add(transfer.send());
        ops.get(transfer.send().peer()).add(transfer.receive());
    }

    private void exchange(DeviceOp send, int device) {
        ops.get(device)
                .add(new DeviceOp(
                        send.iteration(),
                        Role.EXCHANGE,
                        send.action(),
                        send.peer(),
                        0,
                        false,
                        send.startNs(),
                        send.endNs()));
    }

    /** What a stage's forwards send past the next one, and the gradients that come back: early enough to delay nothing. */
    private void addSkips(SimulatedIteration iteration) {
        ReplayGraph graph = iteration.graph().graph();
        for (int task = 0; task < graph.tasks(); task++) {
            Action action = iteration.graph().action(task);
            for (Link skip : simulation.spec().skips()) {
                if (action.phase() == Phase.F && action.chunk() == skip.low()) {
                    addSkip(iteration, task, skip.low(), skip.high());
                } else if (action.phase() == Phase.B && action.chunk() == skip.high()) {
                    addSkip(iteration, task, skip.high(), skip.low());
                }
            }
        }
    }

    private void addSkip(SimulatedIteration iteration, int task, int sender, int receiver) {
        Action source = iteration.graph().action(task);
        Action target = new Action(source.phase(), receiver, source.microBatch());
        long sentNs = iteration.taskEndNs(task);
        long endNs = sentNs + simulation.spec().transferNs(sender, receiver);
        ops.get(sender).add(new DeviceOp(iteration.index(), Role.SEND, source, receiver, 0, true, sentNs, endNs));
        ops.get(receiver).add(new DeviceOp(iteration.index(), Role.RECEIVE, target, sender, 0, true, sentNs, endNs));
    }

    private long postedNs(SimulatedIteration iteration, int edge, long sentNs) {
        ReplayGraph graph = iteration.graph().graph();
        boolean ahead = simulation.spec().receive() == Receive.PREPOSTED;
        int previous = graph.previous(graph.target(edge));
        if (previous < 0) {
            return iteration.startNs();
        }
        return ahead ? Math.min(sentNs, iteration.blockStartNs(previous)) : iteration.blockEndNs(previous);
    }
}
