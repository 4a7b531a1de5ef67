package io.github.bubbletrace;

import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.schedule.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/** Whether all phases take about the same time, which ZB-H1's closed form supposes. */
final class EvenPhases {

    /** How far the longest phase's mean may exceed the shortest one's. */
    private static final double TOLERANCE = 1.05;

    private EvenPhases() {}

    static boolean in(List<WindowRun> windows) {
        Map<Phase, LongSummaryStatistics> times = new EnumMap<>(Phase.class);
        for (WindowRun run : windows) {
            Window window = run.window();
            for (int task = 0; task < window.tasks(); task++) {
                times.computeIfAbsent(window.phase(task), phase -> new LongSummaryStatistics())
                        .accept(window.endNs(task) - window.startNs(task));
            }
        }
        double shortest = times.values().stream()
                .mapToDouble(LongSummaryStatistics::getAverage)
                .min()
                .orElse(0);
        double longest = times.values().stream()
                .mapToDouble(LongSummaryStatistics::getAverage)
                .max()
                .orElse(0);
        return longest <= TOLERANCE * shortest;
    }
}
