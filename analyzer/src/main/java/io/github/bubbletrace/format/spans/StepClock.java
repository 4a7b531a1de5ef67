package io.github.bubbletrace.format.spans;

import java.util.Map;
import java.util.TreeMap;

/**
 * Logs whose times start again in every step (timers that are reset) get one axis: each step begins where the last span
 * of the one before it ended. Lengths within a step stay as recorded; the pause between steps is not known.
 */
final class StepClock {

    private StepClock() {}

    /** Lays the steps of {@code spans} end to end where their times start again; returns how many were moved. */
    static int unroll(SpanTable spans) {
        Map<Integer, long[]> steps = new TreeMap<>();
        for (int span = 0; span < spans.size(); span++) {
            if (spans.step(span) >= 0) {
                long[] hull = steps.computeIfAbsent(spans.step(span), s -> new long[] {Long.MAX_VALUE, Long.MIN_VALUE});
                hull[0] = Math.min(hull[0], spans.startNs(span));
                hull[1] = Math.max(hull[1], spans.endNs(span));
            }
        }
        return startAgain(steps) ? layEndToEnd(spans, steps) : 0;
    }

    /** Whether every step begins before the middle of the one before it. */
    private static boolean startAgain(Map<Integer, long[]> steps) {
        long[] before = null;
        for (long[] step : steps.values()) {
            if (before != null && step[0] >= before[0] + (before[1] - before[0]) / 2) {
                return false;
            }
            before = step;
        }
        return steps.size() > 1;
    }

    private static int layEndToEnd(SpanTable spans, Map<Integer, long[]> steps) {
        Map<Integer, Long> moves = new TreeMap<>();
        long end = steps.values().iterator().next()[0];
        for (Map.Entry<Integer, long[]> step : steps.entrySet()) {
            moves.put(step.getKey(), end - step.getValue()[0]);
            end += step.getValue()[1] - step.getValue()[0];
        }
        for (int span = 0; span < spans.size(); span++) {
            if (spans.step(span) >= 0) {
                spans.move(span, moves.get(spans.step(span)));
            }
        }
        return steps.size();
    }
}
