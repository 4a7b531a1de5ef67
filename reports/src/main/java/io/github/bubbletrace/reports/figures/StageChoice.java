package io.github.bubbletrace.reports.figures;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which devices a short table names where all of them are too many. */
public final class StageChoice {

    private StageChoice() {}

    /** At most {@code count} devices, those with the most idle time beyond the schedule, in the pipeline's order. */
    public static List<DeviceTotals> worst(List<DeviceTotals> devices, int count) {
        Set<DeviceTotals> chosen = devices.stream()
                .sorted(Comparator.comparingLong(StageChoice::beyondScheduleNs).reversed())
                .limit(count)
                .collect(Collectors.toSet());
        return devices.stream().filter(chosen::contains).toList();
    }

    private static long beyondScheduleNs(DeviceTotals device) {
        return device.idleNs().total() - device.idleNs().structure();
    }
}
