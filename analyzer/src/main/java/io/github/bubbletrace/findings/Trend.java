package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.attribution.WindowTrend;
import java.util.Locale;
import java.util.Map;

/** Do tasks grow or shrink over the window (thermal drift, a growing KV cache)? */
final class Trend implements Rule {

    private static final String ID = "trend";
    private static final double NOTICEABLE = 0.05;
    private static final double CORRELATED = 0.7;

    @Override
    public Answer examine(Subject subject) {
        WindowTrend trend = WindowTrend.of(
                subject.windows().stream().filter(WindowRun::isReplayable).toList());
        if (trend.tasks() < WindowTrend.FEWEST) {
            return Answer.notApplicable(ID, "too few tasks in a window to see a trend: record longer iterations");
        }
        String change = String.format(Locale.ROOT, "%+.1f %%", 100 * trend.change());
        if (Math.abs(trend.change()) < NOTICEABLE || Math.abs(trend.correlation()) < CORRELATED) {
            return Answer.passed(
                    ID, "task times" + subject.inReplica() + " do not drift over the window (" + change + ")");
        }
        return Answer.found(new Finding(
                ID,
                Subject.severity(Math.abs(trend.change()) / 2),
                "task times" + subject.inReplica() + " change by " + change + " from the window's start to its end",
                0,
                0,
                Map.of("change", trend.change(), "correlation", trend.correlation()),
                "growing: check clocks and temperature, or the growing sequence; shrinking: look at the first tasks'"
                        + " caches and allocations",
                "the change over the window is below 5 %"));
    }
}
