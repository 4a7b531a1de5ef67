package io.github.bubbletrace.pipeline;

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
 * @param byReason times by what the trace calls them, waits for other threads left out
 * @param paused times in which all threads were stopped
 * @param waiting times in which the device's thread waited for another one's work
 */
public record HostStops(Map<String, IntervalSet> byReason, IntervalSet paused, IntervalSet waiting) {

    /** Nothing is known. */
    public static final HostStops NONE = new HostStops(Map.of(), IntervalSet.EMPTY, IntervalSet.EMPTY);

    /** The stops of {@code process}. */
    static HostStops of(Trace trace, int process) {
        StopTable stops = trace.stops();
        if (stops.size() == 0) {
            return NONE;
        }
        Map<String, IntervalSet.Builder> reasons = new TreeMap<>();
        Map<StopKind, IntervalSet.Builder> kinds = new EnumMap<>(StopKind.class);
        for (int row = 0; row < stops.size(); row++) {
            if (stops.process(row) != StopTable.ALL && stops.process(row) != process) {
                continue;
            }
            kinds.computeIfAbsent(stops.kind(row), k -> new IntervalSet.Builder())
                    .add(stops.startNs(row), stops.endNs(row));
            if (stops.kind(row) != StopKind.WAIT) {
                reasons.computeIfAbsent(trace.strings().get(stops.text(row)), r -> new IntervalSet.Builder())
                        .add(stops.startNs(row), stops.endNs(row));
            }
        }
        Map<String, IntervalSet> byReason = new TreeMap<>();
        reasons.forEach((reason, builder) -> byReason.put(reason, builder.build()));
        return new HostStops(byReason, built(kinds, StopKind.PAUSE), built(kinds, StopKind.WAIT));
    }

    private static IntervalSet built(Map<StopKind, IntervalSet.Builder> kinds, StopKind kind) {
        return kinds.containsKey(kind) ? kinds.get(kind).build() : IntervalSet.EMPTY;
    }

    /** The same, all later by {@code ns}. */
    HostStops shift(long ns) {
        if (ns == 0 || (byReason.isEmpty() && paused.size() + waiting.size() == 0)) {
            return this;
        }
        Map<String, IntervalSet> shifted = new TreeMap<>();
        byReason.forEach((reason, times) -> shifted.put(reason, times.shift(ns)));
        return new HostStops(shifted, paused.shift(ns), waiting.shift(ns));
    }
}
