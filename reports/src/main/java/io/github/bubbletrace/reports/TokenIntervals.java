package io.github.bubbletrace.reports;

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

/**
 * What the time between two passes of a decode loop consists of on one device. From the start of its first pass in a
 * window to the start of its last one, all time is busy or idle of some cause, so the parts sum to the interval; fill
 * and drain lie outside of it. A sequence gets its next token after {@code k} passes, k batches being in flight.
 *
 * @param device name
 * @param stage place of the device in the pipeline
 * @param passes how many intervals there are
 * @param totalNs their sum
 * @param idleNs the idle parts of that sum, by cause
 */
record TokenIntervals(String device, int stage, long passes, long totalNs, Map<Cause, Long> idleNs) {

    /** The intervals of each device over the iterations that count, by stage; none where a device has one pass only. */
    static List<TokenIntervals> of(PipelineAnalysis pipeline) {
        Map<Integer, TokenIntervals> byPlace = new TreeMap<>();
        for (IterationAnalysis iteration : Windows.counted(pipeline)) {
            for (int place = 0; place < iteration.devices().size(); place++) {
                byPlace.merge(place, of(iteration.devices().get(place)), TokenIntervals::plus);
            }
        }
        return byPlace.values().stream().filter(device -> device.passes > 0).toList();
    }

    private static TokenIntervals of(DeviceAnalysis device) {
        TaskSpans tasks = device.tasks();
        int chunk = Integer.MAX_VALUE;
        for (int i = 0; i < tasks.size(); i++) {
            chunk = Math.min(chunk, tasks.chunk(i));
        }
        int passes = 0;
        long first = 0;
        long last = 0;
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.chunk(i) == chunk && tasks.phase(i) != Phase.S) {
                last = tasks.startNs(i);
                first = passes++ == 0 ? last : first;
            }
        }
        return new TokenIntervals(
                device.device(),
                device.stage(),
                Math.max(0, passes - 1),
                last - first,
                idle(device.idle(), first, last));
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
    long busyNs() {
        return totalNs - idleNs.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One interval's share of {@code ns} of all. */
    long each(long ns) {
        return Math.round((double) ns / passes);
    }
}
