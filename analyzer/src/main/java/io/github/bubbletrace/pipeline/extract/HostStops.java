package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.FileClock;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.StopKind;
import io.github.bubbletrace.trace.StopTable;
import io.github.bubbletrace.trace.Trace;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * When and why the host threads of a device did not run their own code, in nanoseconds. Immutable.
 *
 * @param byReason times in which all threads were stopped, by what the trace calls them
 * @param beside times in which the runtime worked beside the threads, by what the trace calls them
 * @param paused times in which all threads were stopped
 * @param waiting times in which the device's thread waited for another one's work
 */
public record HostStops(
        Map<String, IntervalSet> byReason, Map<String, IntervalSet> beside, IntervalSet paused, IntervalSet waiting) {

    /** Nothing is known. */
    public static final HostStops NONE = new HostStops(Map.of(), Map.of(), IntervalSet.EMPTY, IntervalSet.EMPTY);

    /** The stops of {@code process}. */
    static HostStops of(Trace trace, int process) {
        StopTable stops = trace.stops();
        if (stops.size() == 0) {
            return NONE;
        }
        Map<String, IntervalSet.Builder> reasons = new TreeMap<>();
        Map<String, IntervalSet.Builder> beside = new TreeMap<>();
        Map<StopKind, IntervalSet.Builder> kinds = new EnumMap<>(StopKind.class);
        for (int row = 0; row < stops.size(); row++) {
            if (stops.process(row) != StopTable.ALL && stops.process(row) != process) {
                continue;
            }
            kinds.computeIfAbsent(stops.kind(row), k -> new IntervalSet.Builder())
                    .add(stops.startNs(row), stops.endNs(row));
            String reason = trace.strings().get(stops.text(row));
            if (stops.kind(row) != StopKind.WAIT && !reason.isEmpty()) {
                (stops.kind(row) == StopKind.PAUSE ? reasons : beside)
                        .computeIfAbsent(reason, r -> new IntervalSet.Builder())
                        .add(stops.startNs(row), stops.endNs(row));
            }
        }
        return new HostStops(built(reasons), built(beside), built(kinds, StopKind.PAUSE), built(kinds, StopKind.WAIT));
    }

    private static Map<String, IntervalSet> built(Map<String, IntervalSet.Builder> building) {
        Map<String, IntervalSet> built = new TreeMap<>();
        building.forEach((reason, builder) -> built.put(reason, builder.build()));
        return built;
    }

    private static Map<String, IntervalSet> on(Map<String, IntervalSet> times, FileClock clock) {
        Map<String, IntervalSet> moved = new TreeMap<>();
        times.forEach((reason, set) -> moved.put(reason, set.moved(clock::at)));
        return moved;
    }

    private static IntervalSet built(Map<StopKind, IntervalSet.Builder> kinds, StopKind kind) {
        return kinds.containsKey(kind) ? kinds.get(kind).build() : IntervalSet.EMPTY;
    }

    /** The same on the axis that {@code clock} leads to. */
    public HostStops on(FileClock clock) {
        return new HostStops(on(byReason, clock), on(beside, clock), paused.moved(clock::at), waiting.moved(clock::at));
    }
}
