package io.github.bubbletrace.reports.figures;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IdleSpans;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.schedule.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the time between two passes of a decode loop consists of on one device. From the start of its first pass in a
 * window to the start of a later one, all time is busy or idle of some cause, so the parts sum to the interval; fill
 * and drain lie outside of it. A sequence gets its next token after k passes, k batches being in flight; these come in
 * bursts of k, so that only whole bursts are counted.
 *
 * @param device name
 * @param stage place of the device in the pipeline
 * @param passes how many intervals there are
 * @param totalNs their sum
 * @param idleNs the idle parts of that sum, by cause
 */
public record TokenIntervals(String device, int stage, long passes, long totalNs, Map<Cause, Long> idleNs) {

    /** The intervals of each device over the iterations that count, by stage; none where a device has at most k passes. */
    public static List<TokenIntervals> of(PipelineAnalysis pipeline) {
        Map<Integer, TokenIntervals> byPlace = new TreeMap<>();
        int inFlight = pipeline.inFlight() == null ? 1 : pipeline.inFlight();
        for (IterationAnalysis iteration : Windows.counted(pipeline)) {
            for (int place = 0; place < iteration.devices().size(); place++) {
                byPlace.merge(place, of(iteration.devices().get(place), inFlight), TokenIntervals::plus);
            }
        }
        return byPlace.values().stream().filter(device -> device.passes > 0).toList();
    }

    private static TokenIntervals of(DeviceAnalysis device, int inFlight) {
        long[] starts = passStartsNs(device.tasks());
        int passes = starts.length == 0 ? 0 : (starts.length - 1) / inFlight * inFlight;
        long from = passes == 0 ? 0 : starts[0];
        long to = passes == 0 ? 0 : starts[passes];
        return new TokenIntervals(device.device(), device.stage(), passes, to - from, idle(device.idle(), from, to));
    }

    private static long[] passStartsNs(TaskSpans tasks) {
        int chunk = IntStream.range(0, tasks.size()).map(tasks::chunk).min().orElse(0);
        return IntStream.range(0, tasks.size())
                .filter(task -> tasks.chunk(task) == chunk && tasks.phase(task) != Phase.S)
                .mapToLong(tasks::startNs)
                .toArray();
    }

    private static Map<Cause, Long> idle(IdleSpans spans, long fromNs, long toNs) {
        Map<Cause, Long> idle = new EnumMap<>(Cause.class);
        for (int i = 0; i < spans.size(); i++) {
            long ns = Math.min(spans.endNs(i), toNs) - Math.max(spans.startNs(i), fromNs);
            if (ns > 0) {
                idle.merge(spans.cause(i), ns, Long::sum);
            }
        }
        return idle;
    }

    private TokenIntervals plus(TokenIntervals other) {
        Map<Cause, Long> idle = new EnumMap<>(Cause.class);
        idle.putAll(idleNs);
        other.idleNs.forEach((cause, ns) -> idle.merge(cause, ns, Long::sum));
        return new TokenIntervals(device, stage, passes + other.passes, totalNs + other.totalNs, idle);
    }

    /** Time of the intervals in which the device was busy. */
    public long busyNs() {
        return totalNs - idleNs.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One interval's share of {@code ns} of all. */
    public long each(long ns) {
        return Math.round((double) ns / passes);
    }
}
