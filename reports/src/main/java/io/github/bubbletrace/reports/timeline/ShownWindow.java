package io.github.bubbletrace.reports.timeline;

import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One window of the timeline.
 *
 * @param replica number of its replica
 * @param iteration the window
 * @param joinNs tasks are joined until they are as long as this, and shorter idle spans are left out; 0 for the window in
 *     full
 */
public record ShownWindow(int replica, IterationAnalysis iteration, long joinNs) {

    /** All windows of {@code pipelines} in time order; those in {@code full} keep every span, others {@code parts} a lane. */
    public static List<ShownWindow> of(List<PipelineAnalysis> pipelines, Set<WindowId> full, int parts) {
        List<ShownWindow> windows = new ArrayList<>();
        for (PipelineAnalysis pipeline : pipelines) {
            for (IterationAnalysis iteration : pipeline.iterations()) {
                long joinNs = full.contains(new WindowId(pipeline.replica(), iteration.index()))
                        ? 0
                        : 1 + iteration.windowNs() / parts;
                windows.add(new ShownWindow(pipeline.replica(), iteration, joinNs));
            }
        }
        windows.sort(Comparator.comparingLong(window -> window.iteration().startNs()));
        return windows;
    }

    /** Its name. */
    public WindowId id() {
        return new WindowId(replica, iteration.index());
    }

    boolean isFull() {
        return joinNs == 0;
    }

    void write(Varints column) {
        column.add(replica);
        column.add(iteration.index());
        column.add(iteration.startNs());
        column.add(iteration.windowNs());
        column.add((iteration.skipped() ? 1 : 0) + (isFull() ? 0 : 2));
    }
}
