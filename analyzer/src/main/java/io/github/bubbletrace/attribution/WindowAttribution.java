package io.github.bubbletrace.attribution;

import io.github.bubbletrace.analysis.Boundary;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.pipeline.extract.Activity;
import io.github.bubbletrace.pipeline.fleet.Device;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.PeakInFlight;
import io.github.bubbletrace.trace.IntervalSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Attributes one window: every device's busy and idle time, which sum to the window exactly. */
public final class WindowAttribution {

    private final PipelineRun run;
    private final List<IntervalSet> unmatchedP2p;

    /** Attributes windows of {@code run}; {@code unmatchedP2p} is each device's p2p time that met no peer. */
    public WindowAttribution(PipelineRun run, List<IntervalSet> unmatchedP2p) {
        this.run = run;
        this.unmatchedP2p = List.copyOf(unmatchedP2p);
    }

    /**
     * The window's document entry.
     *
     * @param nextStartNs start of the next window, empty for the last one
     * @param skipped whether it is left out of totals
     */
    public IterationAnalysis analyse(WindowRun windowRun, OptionalLong nextStartNs, boolean skipped) {
        Window window = windowRun.window();
        List<DeviceAnalysis> devices = new ArrayList<>();
        long[] latenessNs = windowRun.latenessNs();
        int task = 0;
        for (int device = 0; device < run.devices().size(); device++) {
            int first = task;
            while (task < window.tasks() && window.device(task) == device) {
                task++;
            }
            devices.add(device(windowRun, device, first, task, latenessNs[device], nextStartNs));
        }
        return new IterationAnalysis(
                window.index(),
                window.windowStartNs(),
                window.windowEndNs(),
                window.microBatches(),
                skipped,
                devices,
                new WindowTransfers(windowRun.edges(), devices.size()),
                windowRun.replays().map(Replays::makespans).orElse(null));
    }

    private DeviceAnalysis device(
            WindowRun windowRun, int index, int first, int end, long latenessNs, OptionalLong nextStartNs) {
        Window window = windowRun.window();
        Device device = run.devices().get(index);
        Activity activity = device.activity();
        Blocks blocks = windowRun.blocks();
        int firstBlock = first == end ? 0 : blocks.of(first);
        int endBlock = first == end ? 0 : blocks.of(end - 1) + 1;
        CausedSpans idle = first == end
                ? wholeWindowUnresolved(window, activity)
                : new DeviceGaps(run, windowRun, index, unmatchedP2p.get(index)).explain(firstBlock, endBlock);
        long busy = activity.compute().coveredNs(window.windowStartNs(), window.windowEndNs());
        long inHulls = 0;
        for (int block = firstBlock; block < endBlock; block++) {
            inHulls += activity.compute().coveredNs(blocks.startNs(block), blocks.endNs(block));
        }
        CauseTimes times = idle.totals();
        if (busy + times.total() != window.lengthNs()) {
            throw new IllegalStateException("busy and idle time of " + device.name() + " do not sum to the window of"
                    + " iteration " + window.index());
        }
        List<Action> order =
                IntStream.range(first, end).mapToObj(window::action).toList();
        return new DeviceAnalysis(
                device.name(),
                device.rank(),
                device.gpu() < 0 ? null : device.gpu(),
                run.placeOf().get(index),
                busy,
                busy - inHulls,
                times,
                PeakInFlight.of(order),
                latenessNs,
                boundary(device, window.windowEndNs(), nextStartNs),
                new WindowTasks(windowRun, activity, first, end),
                idle);
    }

    private static CausedSpans wholeWindowUnresolved(Window window, Activity activity) {
        CausedSpans spans = new CausedSpans();
        IntervalSet idle = activity.compute().complement(window.windowStartNs(), window.windowEndNs());
        for (int i = 0; i < idle.size(); i++) {
            spans.add(idle.startNs(i), idle.endNs(i), Cause.UNRESOLVED);
        }
        return spans;
    }

    private static Boundary boundary(Device device, long fromNs, OptionalLong nextStartNs) {
        long to = nextStartNs.orElse(fromNs);
        if (to <= fromNs) {
            return Boundary.NONE;
        }
        Activity activity = device.activity();
        IntervalSet idle = activity.compute().complement(fromNs, to);
        IntervalSet collectives = activity.collective().clip(fromNs, to);
        long communication = idle.intersect(collectives.plus(activity.p2p().clip(fromNs, to)))
                .totalNs();
        return new Boundary(
                to - fromNs - idle.totalNs(),
                communication,
                idle.totalNs() - communication,
                device.optimizer().coveredNs(fromNs, to),
                idle.intersect(collectives).totalNs());
    }
}
