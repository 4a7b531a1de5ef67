package io.github.bubbletrace.reports.perfetto;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IdleSpans;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.analysis.TransferSpans;
import io.github.bubbletrace.reports.perfetto.DeviceTracks.Group;
import io.github.bubbletrace.reports.perfetto.TraceEvents.Track;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PhaseText;
import io.github.bubbletrace.trace.IntervalSet;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The run as a Chrome trace, for Perfetto and its like: iterations, tasks, idle spans by cause, transfers with arrows
 * from task to task, and kernels by stream.
 */
public final class PerfettoTrace {

    private static final IntervalSet ALWAYS = IntervalSet.of(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);

    private final TraceEvents events;
    private final DeviceTracks tracks;
    private final Set<Track> named = new HashSet<>();
    private final Map<Track, SliceLanes> lanes = new HashMap<>();
    private long arrows;

    private PerfettoTrace(TraceEvents events, DeviceTracks tracks) {
        this.events = events;
        this.tracks = tracks;
    }

    /**
     * Writes the trace to {@code out}, which stays open; the same analysis gives the same bytes. Kernels are written as
     * they are read.
     *
     * @throws IOException where {@code out} cannot be written
     */
    public static void write(Analysis analysis, OutputStream out) throws IOException {
        try (TraceEvents events = new TraceEvents(out)) {
            PerfettoTrace trace = new PerfettoTrace(events, new DeviceTracks(analysis));
            trace.ranks();
            for (PipelineAnalysis pipeline : analysis.pipelines()) {
                trace.pipeline(pipeline);
            }
            analysis.details()
                    .kernels()
                    .forEach(
                            ALWAYS,
                            new KernelSlices(events, trace.tracks.stageOfRank().keySet())::add);
        }
    }

    private void ranks() throws IOException {
        for (Map.Entry<Integer, Integer> rank : tracks.stageOfRank().entrySet()) {
            int process = DeviceTracks.process(rank.getKey());
            events.processName(process, "rank " + rank.getKey() + ", stage " + rank.getValue());
            events.processOrder(process, process);
        }
    }

    private void pipeline(PipelineAnalysis pipeline) throws IOException {
        Track track = new Track(tracks.replicaProcess(pipeline.replica()), 1);
        events.processName(track.process(), "pipeline, replica " + pipeline.replica());
        events.processOrder(track.process(), 0);
        events.threadName(track, "iterations");
        for (IterationAnalysis iteration : pipeline.iterations()) {
            String name = "iteration " + iteration.index() + (iteration.skipped() ? " (skipped)" : "");
            events.slice(track, "iteration", name, iteration.startNs(), iteration.endNs(), Map.of());
            window(iteration);
        }
    }

    private void window(IterationAnalysis iteration) throws IOException {
        List<int[]> taskLanes = new ArrayList<>();
        for (DeviceAnalysis device : iteration.devices()) {
            taskLanes.add(tasks(device, iteration.index()));
            idle(device);
        }
        transfers(iteration, taskLanes);
    }

    /** Writes the tasks; returns the lane of each. */
    private int[] tasks(DeviceAnalysis device, int iteration) throws IOException {
        TaskSpans tasks = device.tasks();
        int[] laneOf = new int[tasks.size()];
        for (int i = 0; i < tasks.size(); i++) {
            laneOf[i] = lane(device, Group.TASKS, tasks.startNs(i), tasks.endNs(i));
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("iteration", iteration);
            details.put("stage", device.stage());
            details.put("chunk", tasks.chunk(i));
            details.put("microBatch", tasks.microBatch(i));
            details.put("busyNs", tasks.busyNs(i));
            events.slice(
                    track(device, Group.TASKS, laneOf[i]),
                    PhaseText.name(tasks.phase(i)),
                    tasks.phase(i).name() + tasks.microBatch(i),
                    tasks.startNs(i),
                    tasks.endNs(i),
                    details);
        }
        return laneOf;
    }

    private void idle(DeviceAnalysis device) throws IOException {
        IdleSpans idle = device.idle();
        for (int i = 0; i < idle.size(); i++) {
            String meaning = CauseText.meaning(idle.cause(i));
            events.slice(
                    track(device, Group.IDLE, lane(device, Group.IDLE, idle.startNs(i), idle.endNs(i))),
                    "idle",
                    CauseText.name(idle.cause(i)),
                    idle.startNs(i),
                    idle.endNs(i),
                    Map.of("meaning", meaning));
        }
    }

    private void transfers(IterationAnalysis iteration, List<int[]> taskLanes) throws IOException {
        TransferSpans transfers = iteration.transfers();
        List<Integer> byStart = IntStream.range(0, transfers.size())
                .boxed()
                .sorted(Comparator.comparingLong(transfers::startNs))
                .toList();
        for (int transfer : byStart) {
            transfer(iteration, transfer, taskLanes);
        }
    }

    private void transfer(IterationAnalysis iteration, int i, List<int[]> taskLanes) throws IOException {
        TransferSpans transfers = iteration.transfers();
        DeviceAnalysis source = iteration.devices().get(transfers.sourceDevice(i));
        DeviceAnalysis target = iteration.devices().get(transfers.targetDevice(i));
        long startNs = transfers.startNs(i);
        long endNs = Math.max(startNs, transfers.endNs(i));
        Track track = track(target, Group.TRANSFERS, lane(target, Group.TRANSFERS, startNs, endNs));
        int sent = transfers.sourceTask(i);
        int awaited = transfers.targetTask(i);
        String name = target.tasks().phase(awaited).name() + target.tasks().microBatch(awaited) + " from stage "
                + source.stage();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("from", source.device());
        details.put("to", target.device());
        details.put("times", transfers.isEstimated(i) ? "estimated from the tasks around it" : "recorded");
        events.slice(track, "transfer", name, startNs, endNs, details);

        long id = ++arrows;
        // A slice does not cover its own end.
        long lastNs = Math.max(source.tasks().startNs(sent), source.tasks().endNs(sent) - 1);
        events.arrowFrom(track(source, Group.TASKS, taskLanes.get(transfers.sourceDevice(i))[sent]), id, lastNs);
        events.arrowThrough(track, id, Math.max(startNs, lastNs));
        long headNs = target.tasks().startNs(awaited);
        events.arrowTo(track(target, Group.TASKS, taskLanes.get(transfers.targetDevice(i))[awaited]), id, headNs);
    }

    /** A lane of the device's group that is free; windows may overlap, so lanes outlive them. */
    private int lane(DeviceAnalysis device, Group group, long startNs, long endNs) {
        return lanes.computeIfAbsent(DeviceTracks.track(device, group, 0), track -> new SliceLanes())
                .place(startNs, endNs);
    }

    /** The track, named when it is used first. */
    private Track track(DeviceAnalysis device, Group group, int lane) throws IOException {
        Track track = DeviceTracks.track(device, group, lane);
        if (named.add(track)) {
            events.threadName(track, DeviceTracks.name(device, group, lane));
        }
        return track;
    }
}
