package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import io.github.bubbletrace.reports.timeline.Lane;
import io.github.bubbletrace.reports.timeline.ShownWindow;
import io.github.bubbletrace.reports.timeline.TimelineColumns;
import io.github.bubbletrace.reports.timeline.WindowId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The timeline's columns as they stand in the page, in full or as much of them as there is room for.
 *
 * @param text gzip in base64; empty where there is nothing to show
 * @param note what is left out, one sentence, or empty
 */
public record TimelineData(String text, String note) {

    /** What is tried in turn. */
    private static final List<Reduction> REDUCTIONS = List.of(
            new Reduction(100, 40),
            new Reduction(75, 40),
            new Reduction(75, 8),
            new Reduction(40, 8),
            new Reduction(10, 4),
            new Reduction(0, 4));

    /** Characters that the note may add to the page. */
    static final int NOTE_ROOM = 1000;

    /**
     * A way to make the timeline smaller.
     *
     * @param percent so many of the iterations that would fit without the others are shown in full
     * @param parts about so many tasks are kept of each lane of another iteration
     */
    private record Reduction(int percent, int parts) {}

    /** No timeline. */
    static final TimelineData NONE = new TimelineData("", "");

    /** Lanes without tasks, for the time in which there are kernels. */
    static TimelineData ofDevices(Analysis analysis, KernelData kernels) {
        List<Lane> lanes = KernelData.lanes(analysis);
        String head = TimelineHead.of(lanes, 0, kernels.fromNs(), kernels.toNs());
        return new TimelineData(Packed.base64(TimelineColumns.encode(head, lanes, List.of())), "");
    }

    /** Every span of every iteration. */
    public static TimelineData whole(Analysis analysis) {
        List<WindowId> all = byInterest(analysis);
        return all.isEmpty() ? NONE : new TimelineData(text(analysis, all, 1), "");
    }

    /** What fits into {@code maxLength} characters: chosen iterations in full, the others joined. */
    static TimelineData within(Analysis analysis, long maxLength, int wholeLength) {
        List<WindowId> all = byInterest(analysis);
        long share = Math.max(0, maxLength) * all.size() / Math.max(1, wholeLength);
        for (Reduction reduction : REDUCTIONS) {
            int full = (int) Math.min(all.size() - 1L, share * reduction.percent / 100);
            String text = text(analysis, all.subList(0, full), reduction.parts);
            if (text.length() <= maxLength) {
                return new TimelineData(text, note(all.subList(0, full), all.size()));
            }
        }
        return new TimelineData("", "The timeline is left out: even joined spans do not fit into the page's size.");
    }

    /** The iterations, those first that a reader wants in full: of each replica the median one, the longest, then in order. */
    private static List<WindowId> byInterest(Analysis analysis) {
        Set<WindowId> chosen = medianAndLongest(analysis);
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            Windows.counted(pipeline).forEach(iteration -> add(chosen, pipeline, iteration));
        }
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            pipeline.iterations().forEach(iteration -> add(chosen, pipeline, iteration));
        }
        return List.copyOf(chosen);
    }

    /** Of each replica the median iteration, then of each the longest. */
    static Set<WindowId> medianAndLongest(Analysis analysis) {
        Set<WindowId> chosen = new LinkedHashSet<>();
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            add(chosen, pipeline, Windows.median(pipeline));
        }
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            Windows.counted(pipeline).stream()
                    .max(Comparator.comparingLong(IterationAnalysis::windowNs))
                    .ifPresent(longest -> add(chosen, pipeline, longest));
        }
        return chosen;
    }

    private static void add(Set<WindowId> chosen, PipelineAnalysis pipeline, IterationAnalysis iteration) {
        if (iteration != null) {
            chosen.add(new WindowId(pipeline.replica(), iteration.index()));
        }
    }

    private static String text(Analysis analysis, List<WindowId> full, int parts) {
        List<Lane> lanes = Lane.of(analysis.pipelines());
        List<ShownWindow> windows = ShownWindow.of(analysis.pipelines(), Set.copyOf(full), parts);
        String head = TimelineHead.of(
                lanes,
                home(analysis, windows),
                windows.stream().mapToLong(w -> w.iteration().startNs()).min().orElse(0),
                windows.stream().mapToLong(w -> w.iteration().endNs()).max().orElse(0));
        return Packed.base64(TimelineColumns.encode(head, lanes, windows));
    }

    /** The place of the window that the pictures show. */
    private static int home(Analysis analysis, List<ShownWindow> windows) {
        PipelineAnalysis slowest = Windows.slowest(analysis.pipelines());
        IterationAnalysis median = Windows.median(slowest);
        List<WindowId> ids = windows.stream().map(ShownWindow::id).toList();
        return median == null ? 0 : ids.indexOf(new WindowId(slowest.replica(), median.index()));
    }

    private static String note(List<WindowId> full, int all) {
        List<String> names = full.stream()
                .map(WindowId::index)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        String which = names.size() <= 12
                ? (names.isEmpty() ? "None" : Sentence.list(names))
                : names.size() + " of them, from " + names.get(0) + " to " + names.get(names.size() - 1) + ',';
        return "To keep the page small, " + full.size() + " of " + Units.count(all, "iteration")
                + " hold every span (" + which
                + "); in the others neighbouring tasks are joined and short idle spans and"
                + " transfers are left out. Every number on this page comes from the whole run; tasks.csv and idle.csv hold"
                + " every span.";
    }
}
