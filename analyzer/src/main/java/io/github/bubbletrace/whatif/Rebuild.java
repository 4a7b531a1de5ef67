package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.attribution.StepBuilder;
import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.PeakInFlight;
import io.github.bubbletrace.schedule.Phase;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.ScheduleGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs another plan with what one replica's recorded steps cost. A micro-batch beyond the recorded ones takes its times
 * from the next step; chunks that lie elsewhere take them from the part of the model that they hold; delays and transfers
 * go with the task that they were recorded before.
 */
final class Rebuild {

    private final Replica replica;
    private final List<Step> steps;
    private final Plan plan;
    private final ScheduleGraph graph;
    private final Work[] work;
    private final ModelSplit split;
    private final int modelChunks;

    /**
     * @param steps the replica's steps, perhaps with other costs
     * @throws RefusedChangeException where the plan's order does not exist or can never finish
     */
    Rebuild(Replica replica, List<Step> steps, Plan plan, Schedule schedule) {
        this.replica = replica;
        this.steps = steps;
        this.plan = plan;
        modelChunks = replica.modelChunks();
        split = ModelSplit.even(modelChunks, schedule.inputs().chain());
        graph = graph(schedule, usualReceive(steps.get(0)));
        work = new Work[graph.graph().tasks()];
        Arrays.setAll(work, task -> {
            Phase phase = graph.action(task).phase();
            return Work.of(phase, phase == Phase.B && schedule.isSplit(graph.action(task)));
        });
    }

    private static ScheduleGraph graph(Schedule schedule, Receive receive) {
        try {
            return ScheduleGraph.of(schedule, receive);
        } catch (IllegalArgumentException e) {
            throw new RefusedChangeException(
                    e.getMessage() + ", with receives as recorded", "nearest: transfers=overlapped joined to it by +");
        }
    }

    Pipeline pipeline() {
        List<List<LaneCosts>> lanes = replica.laneCosts(steps);
        List<Links> links =
                lanes.stream().map(costs -> new Links(costs, modelChunks)).toList();
        List<List<Step>> rebuilt = new ArrayList<>();
        for (int step = 0; step < steps.size(); step++) {
            int number = step;
            rebuilt.add(IntStream.range(0, lanes.size())
                    .mapToObj(lane -> step(lanes.get(lane), links.get(lane), number, lane == 0))
                    .toList());
        }
        int devices = plan.stages() * replica.run().lanes();
        List<Integer> peaks =
                graph.schedule().orders().stream().map(PeakInFlight::of).toList();
        return new Pipeline(devices, rebuilt, peaks);
    }

    private Step step(List<LaneCosts> costs, Links links, int number, boolean isFirstLane) {
        ReplayGraph replay = graph.graph();
        StepBuilder step = new StepBuilder(steps.get(number).iteration(), replay);
        double[] busyNs = new double[replay.blocks()];
        double[] ownNs = new double[replay.tasks()];
        double[] gapNs = new double[replay.tasks()];
        for (int task = 0; task < ownNs.length; task++) {
            cost(costs, number, task, ownNs, gapNs, busyNs);
        }
        for (int task = 0; task < ownNs.length; task++) {
            int block = replay.blockOf(task);
            boolean isAlone = replay.endTask(block) - replay.firstTask(block) == 1;
            double own = isAlone ? ownNs[task] : besideNs(costs, number, task, ownNs);
            step.task(task, graph.action(task), rounded(own), rounded(sum(gapNs, block)));
        }
        for (int block = 0; block < busyNs.length; block++) {
            step.block(block, delayNs(costs, number, replay.firstTask(block)), rounded(busyNs[block]));
        }
        for (int edge = 0; edge < replay.edges(); edge++) {
            if (graph.isTransfer(edge)) {
                transfer(costs, links, number, edge, step);
            }
        }
        step.otherBusy(isFirstLane ? steps.get(number).otherBusyNs() : 0);
        return step.build();
    }

    /**
     * Tasks side by side last as long as both together: overlapping them is not known to save anything. Each keeps its own
     * accident.
     */
    private double besideNs(List<LaneCosts> costs, int number, int task, double[] ownNs) {
        int block = graph.graph().blockOf(task);
        double usual = 0;
        for (int t = graph.graph().firstTask(block); t < graph.graph().endTask(block); t++) {
            usual += ownNs[t] / accident(costs, number, t);
        }
        return usual * accident(costs, number, task);
    }

    private double accident(List<LaneCosts> costs, int number, int task) {
        Action action = graph.action(task);
        int chunk = split.middle(action.chunk() % split.chunks());
        double accident = source(costs, number, action.microBatch())
                .accident(work[task], chunk, place(costs, number, action.microBatch()));
        return accident > 0 ? accident : 1;
    }

    private double sum(double[] ofTask, int block) {
        double sum = 0;
        for (int task = graph.graph().firstTask(block); task < graph.graph().endTask(block); task++) {
            sum += ofTask[task];
        }
        return sum;
    }

    private void cost(List<LaneCosts> costs, int number, int task, double[] ownNs, double[] gapNs, double[] busyNs) {
        Action action = graph.action(task);
        Work does = work[task];
        int chunk = action.chunk() % split.chunks();
        LaneCosts source = source(costs, number, action.microBatch());
        int place = place(costs, number, action.microBatch());
        if (does == Work.DRAFT && plan.decoding().draftShare() > 0) {
            ownNs[task] = plan.decoding().draftNs(source.passNs(place) * plan.size() / plan.width());
            busyNs[graph.graph().blockOf(task)] += ownNs[task];
            return;
        }
        for (int part = split.first(chunk); part < split.end(chunk); part++) {
            double share = split.share(chunk, part, excess(source, does, part, place));
            double own = source.ownNs(does, part, place) * share * plan.size() / plan.width();
            int recorded = source.task(does, part, place);
            ownNs[task] += own;
            gapNs[task] += source.gapNs(recorded) * share * halves(source, does, part, place);
            busyNs[graph.graph().blockOf(task)] += own * source.busyShare(recorded);
        }
        ownNs[task] += plan.collectiveNs() * collectives(does);
    }

    private static double collectives(Work work) {
        return switch (work) {
            case BACKWARD -> 2;
            case FORWARD -> 1;
            case INPUT, WEIGHT, RECOMPUTE -> 0.5;
            case DRAFT -> 0;
        };
    }

    /** A backward that the trace has in one piece leaves half its launch gaps to each of its two. */
    private static double halves(LaneCosts source, Work work, int part, int place) {
        boolean halved = (work == Work.INPUT || work == Work.WEIGHT) && !source.isSplit(part, place);
        return halved ? 0.5 : 1;
    }

    /** What an outer chunk takes beyond the median of the inner ones, as a share of it. */
    private double excess(LaneCosts source, Work work, int part, int place) {
        boolean outer = part == 0 || part == modelChunks - 1;
        if (!outer || modelChunks < 3 || split.chunks() == modelChunks) {
            return 0;
        }
        double own = source.ownNs(work, part, place);
        double inner = source.innerNs(work, place);
        return own > inner && inner > 0 ? 1 - inner / own : 0;
    }

    private long delayNs(List<LaneCosts> costs, int number, int task) {
        Action action = graph.action(task);
        return source(costs, number, action.microBatch())
                .delayNs(
                        work[task],
                        split.middle(action.chunk() % split.chunks()),
                        place(costs, number, action.microBatch()));
    }

    private void transfer(List<LaneCosts> costs, Links links, int number, int edge, StepBuilder step) {
        Action target = graph.action(graph.targetTask(edge));
        int chunk = target.chunk() % split.chunks();
        int from = stepOf(costs, number, target.microBatch());
        int place = place(costs, number, target.microBatch());
        boolean backward = target.phase() == Phase.B;
        double boundary = backward ? split.start(chunk + 1) : split.start(chunk);
        int recorded = links.edge(from, backward ? Phase.B : Phase.F, boundary, place);
        if (recorded >= 0) {
            long transfer = Math.round(costs.get(from).transferNs(recorded) * plan.size());
            step.edge(
                    edge,
                    graph.targetTask(edge),
                    transfer,
                    Math.max(
                            -transfer,
                            costs.get(from).lateNs(recorded, graph.graph().receive(edge))),
                    graph.receiver(edge));
        }
    }

    private LaneCosts source(List<LaneCosts> costs, int number, int microBatch) {
        return costs.get(stepOf(costs, number, microBatch));
    }

    private static int stepOf(List<LaneCosts> costs, int number, int microBatch) {
        return (number + microBatch / costs.get(number).microBatches()) % costs.size();
    }

    private static int place(List<LaneCosts> costs, int number, int microBatch) {
        return microBatch % costs.get(number).microBatches();
    }

    private Receive usualReceive(Step step) {
        int[] count = new int[Receive.values().length];
        for (int edge = 0; edge < step.graph().edges(); edge++) {
            if (LinkAtMedian.crosses(step, edge)) {
                count[step.graph().receive(edge).ordinal()]++;
            }
        }
        return Links.usual(count);
    }

    private static long rounded(double ns) {
        return (long) Math.floor(ns + 0.5);
    }
}
