package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.Window;
import java.util.List;

/**
 * How task times drift over a window: a straight line through each task's own duration over its phase's mean size and its
 * chunk's factor, against its place in the window (0 start, 1 end), over all windows.
 *
 * @param change relative change from the window's start to its end
 * @param correlation Pearson's coefficient, -1 to 1; 0 where nothing varies
 * @param tasks how many tasks the line goes through
 */
public record WindowTrend(double change, double correlation, int tasks) {

    /** A line through fewer tasks says nothing. */
    public static final int FEWEST = 16;

    /** The trend over {@code windows}. */
    public static WindowTrend of(List<WindowRun> windows) {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        double sumYy = 0;
        for (WindowRun run : windows) {
            Window window = run.window();
            Durations durations = run.durations();
            long[] own = durations.own();
            for (int task = 0; task < own.length; task++) {
                double expected = durations.meanSizeNs(task) * durations.factor(task);
                if (expected > 0 && window.lengthNs() > 0) {
                    double x = (double) (window.startNs(task) - window.windowStartNs()) / window.lengthNs();
                    double y = own[task] / expected;
                    n++;
                    sumX += x;
                    sumY += y;
                    sumXx += x * x;
                    sumXy += x * y;
                    sumYy += y * y;
                }
            }
        }
        double varX = n * sumXx - sumX * sumX;
        double varY = n * sumYy - sumY * sumY;
        double covariance = n * sumXy - sumX * sumY;
        boolean flat = varX <= 0 || varY <= 1e-9;
        return new WindowTrend(flat ? 0 : covariance / varX, flat ? 0 : covariance / Math.sqrt(varX * varY), (int) n);
    }
}
