package io.github.bubbletrace.reports.figures;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.attribution.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Busy and idle time of a group of devices: a stage, or all devices of some iterations.
 *
 * @param busyNs busy time, in nanoseconds
 * @param idleNs idle time by cause
 * @param windows how many windows of single devices that covers
 */
public record StageTotals(long busyNs, CauseTimes idleNs, int windows) {

    /** No time. */
    public static final StageTotals NONE = new StageTotals(0, CauseTimes.NONE, 0);

    /** The sums over all devices of {@code iterations}. */
    public static StageTotals of(Collection<IterationAnalysis> iterations) {
        StageTotals sum = NONE;
        for (IterationAnalysis iteration : iterations) {
            for (DeviceAnalysis device : iteration.devices()) {
                sum = sum.plus(of(device));
            }
        }
        return sum;
    }

    /** The sums over {@code iterations} by stage. */
    public static TreeMap<Integer, StageTotals> byStage(Collection<IterationAnalysis> iterations) {
        TreeMap<Integer, StageTotals> stages = new TreeMap<>();
        for (IterationAnalysis iteration : iterations) {
            for (DeviceAnalysis device : iteration.devices()) {
                stages.merge(device.stage(), of(device), StageTotals::plus);
            }
        }
        return stages;
    }

    /** Causes that occur in any of {@code totals}, in their order. */
    public static List<Cause> causes(Collection<StageTotals> totals) {
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        for (StageTotals total : totals) {
            for (Cause cause : Cause.values()) {
                if (total.idleNs.get(cause) > 0) {
                    causes.add(cause);
                }
            }
        }
        return new ArrayList<>(causes);
    }

    /** Busy time in a mean window, in nanoseconds. */
    public double meanBusyNs() {
        return (double) busyNs / Math.max(1, windows);
    }

    /** Idle time of {@code cause} in a mean window, in nanoseconds. */
    public double meanIdleNs(Cause cause) {
        return (double) idleNs.get(cause) / Math.max(1, windows);
    }

    /** Idle time over all time. */
    public double idleShare() {
        return (double) idleNs.total() / Math.max(1, busyNs + idleNs.total());
    }

    private static StageTotals of(DeviceAnalysis device) {
        return new StageTotals(device.busyNs(), device.idleNs(), 1);
    }

    private StageTotals plus(StageTotals other) {
        return new StageTotals(busyNs + other.busyNs, idleNs.plus(other.idleNs), windows + other.windows);
    }
}
