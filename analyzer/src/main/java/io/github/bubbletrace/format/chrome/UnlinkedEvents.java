package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.TraceBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Kernels and calls without a correlation id, which the trace's arrows may still join. */
final class UnlinkedEvents {

    /** Correlation of a call without one: none that work without one has, so that they do not meet. */
    private static final int NO_CALL = -2;

    private final TraceBuilder builder;
    private final Places kernels = new Places();
    private final Places calls = new Places();
    private int highest;

    UnlinkedEvents(TraceBuilder builder) {
        this.builder = builder;
    }

    /** Notes a correlation id that is taken. */
    void take(int correlation) {
        highest = Math.max(highest, correlation);
    }

    /** Notes the kernel in {@code row}. */
    void addKernel(Event event, int row) {
        if (row >= 0) {
            kernels.add(new long[] {event.process, event.thread, event.startNs}, row);
        }
    }

    /** Notes a call, which is not yet in the trace. */
    void addCall(Event event) {
        calls.add(new long[] {event.process, event.thread, event.startNs}, 0);
    }

    int kernels() {
        return kernels.size();
    }

    /**
     * Joins kernels to the launches from which arrows lead to them and adds the calls; returns how many were joined.
     *
     * @param links the file's arrows; null where there are none
     * @param baseNs what was taken off the times of events
     * @param thread the number of the thread of a place
     */
    int link(FlowLinks links, long baseNs, ToIntFunction<long[]> thread) {
        Map<List<Long>, Integer> launches = new LinkedHashMap<>();
        int linked = links == null ? 0 : link(links, baseNs, launches);
        for (int call = 0; call < calls.size(); call++) {
            long[] place = calls.place(call);
            int correlation = launches.getOrDefault(key(place), NO_CALL);
            builder.addCall(place[2], thread.applyAsInt(place), correlation);
            launches.remove(key(place));
        }
        launches.forEach((place, correlation) -> builder.addCall(
                place.get(2),
                thread.applyAsInt(place.stream().mapToLong(Long::longValue).toArray()),
                correlation));
        return linked;
    }

    private int link(FlowLinks links, long baseNs, Map<List<Long>, Integer> launches) {
        long[] arrow = new long[kernels.size()];
        Set<Long> wanted = new HashSet<>();
        for (int k = 0; k < arrow.length; k++) {
            arrow[k] = links.ends().at(moved(kernels.place(k), baseNs));
            wanted.add(arrow[k]);
        }
        Map<Long, long[]> begin = new HashMap<>();
        for (int row = 0; row < links.begins().size(); row++) {
            if (wanted.contains(links.begins().number(row))) {
                begin.putIfAbsent(links.begins().number(row), links.begins().place(row));
            }
        }
        int linked = 0;
        for (int k = 0; k < arrow.length; k++) {
            long[] place = begin.get(arrow[k]);
            if (place != null) {
                long known = links.calls().at(place);
                List<Long> launch = key(moved(place, -baseNs));
                int correlation = known >= 0 ? (int) known : launches.computeIfAbsent(launch, l -> ++highest);
                builder.linkKernel((int) kernels.number(k), correlation);
                linked++;
            }
        }
        return linked;
    }

    private static long[] moved(long[] place, long ns) {
        return new long[] {place[0], place[1], place[2] + ns};
    }

    private static List<Long> key(long[] place) {
        return Arrays.stream(place).boxed().toList();
    }
}
