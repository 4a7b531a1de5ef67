package io.github.bubbletrace.reports.figures;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.attribution.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Device time as tenths of a percent that sum to 1000: what is printed adds up. Busy and idle are rounded first, then
 * the idle tenths are dealt to the causes by largest remainder.
 */
public final class Budget {

    /** Tenths of a percent in the whole. */
    public static final int WHOLE = 1000;

    private final int busy;
    private final long busyNs;
    private final CauseTimes idleNs;
    private final Map<Cause, Integer> idle;

    private Budget(int busy, long busyNs, CauseTimes idleNs, Map<Cause, Integer> idle) {
        this.busy = busy;
        this.busyNs = busyNs;
        this.idleNs = idleNs;
        this.idle = idle;
    }

    /** The budget of {@code busyNs} and {@code idleNs}; all busy where both are empty. */
    public static Budget of(long busyNs, CauseTimes idleNs) {
        long total = busyNs + idleNs.total();
        int lost = total == 0 ? 0 : (int) Math.round((double) WHOLE * idleNs.total() / total);
        return new Budget(WHOLE - lost, busyNs, idleNs, deal(lost, idleNs));
    }

    private static Map<Cause, Integer> deal(int tenths, CauseTimes idleNs) {
        Map<Cause, Integer> dealt = new EnumMap<>(Cause.class);
        long total = Math.max(1, idleNs.total());
        int left = tenths;
        List<Cause> byRemainder = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            int floor = (int) Math.floor(exact(tenths, idleNs.get(cause), total));
            dealt.put(cause, floor);
            left -= floor;
            byRemainder.add(cause);
        }
        byRemainder.sort(
                Comparator.comparingDouble(cause -> dealt.get(cause) - exact(tenths, idleNs.get(cause), total)));
        for (Cause cause : byRemainder.subList(0, Math.max(0, left))) {
            dealt.merge(cause, 1, Integer::sum);
        }
        return dealt;
    }

    private static double exact(int tenths, long partNs, long totalNs) {
        return (double) tenths * partNs / totalNs;
    }

    /** The busy part, in tenths of a percent. */
    public int busyTenths() {
        return busy;
    }

    /** All idle time, in tenths of a percent. */
    public int idleTenths() {
        return WHOLE - busy;
    }

    /** The part of one cause, in tenths of a percent. */
    public int tenths(Cause cause) {
        return idle.get(cause);
    }

    long busyNs() {
        return busyNs;
    }

    /** Idle time of one cause, in nanoseconds. */
    public long idleNs(Cause cause) {
        return idleNs.get(cause);
    }

    /** The part that is the schedule's own. */
    public int structureTenths() {
        return idle.entrySet().stream()
                .filter(entry -> entry.getKey().isStructure())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Causes other than structure that print as more than zero, largest first. */
    public List<Cause> beyondStructure() {
        return idle.entrySet().stream()
                .filter(entry -> !entry.getKey().isStructure() && entry.getValue() > 0)
                .sorted(Map.Entry.<Cause, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Causes with any time at all, in drawing order. */
    public List<Cause> present() {
        return idle.keySet().stream().filter(cause -> idleNs.get(cause) > 0).toList();
    }
}
