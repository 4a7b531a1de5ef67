package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Recording;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import io.github.bubbletrace.reports.timeline.KernelTracks;
import io.github.bubbletrace.reports.timeline.Lane;
import io.github.bubbletrace.reports.timeline.ShownKernels;
import io.github.bubbletrace.reports.timeline.StopColumns;
import io.github.bubbletrace.reports.timeline.Stretch;
import io.github.bubbletrace.reports.timeline.WindowId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Kernels and host stops as they stand in the page: of chosen iterations as much as there is room for.
 *
 * @param text gzip in base64; empty where there is nothing to show
 * @param note what is shown and what is left out, one or two sentences, or empty
 * @param fromNs start of the earliest kernel shown, in nanoseconds; meaningless where the text is empty
 * @param toNs end of the latest
 */
public record KernelData(String text, String note, long fromNs, long toNs) {

    /** Nothing to show. */
    public static final KernelData NONE = new KernelData("", "", 0, 0);

    /** Nothing is shown for want of room. */
    public static final KernelData LEFT_OUT =
            new KernelData("", "Kernels are left out: --max-size has no room for them.", 0, 0);

    /** The least that a kernel takes, in characters. */
    private static final int LEAST = 3;

    /** What of the bound is tried again where so many kernels took too much. */
    private static final double AGAIN = 0.9;

    /** What fits into {@code maxLength} characters. */
    public static KernelData within(Analysis analysis, long maxLength) {
        List<Lane> lanes = lanes(analysis);
        StopColumns stops = new StopColumns(analysis.details().stops(), lanes);
        int most = (int) Math.min(Integer.MAX_VALUE / 4, maxLength / LEAST);
        ShownKernels kernels;
        try {
            kernels = ShownKernels.of(analysis.details().kernels(), lanes, stretches(analysis), most);
        } catch (IOException e) {
            throw new UncheckedIOException("reading kernels", e);
        }
        while (kernels.size() > 0 || !stops.isEmpty()) {
            KernelTracks tracks = new KernelTracks(kernels);
            String text = Packed.base64(tracks.encode(KernelHead.of(tracks, kernels.stretches(), stops), stops));
            if (text.length() <= maxLength) {
                Recording recording = analysis.details().recording();
                boolean has = kernels.size() > 0;
                return new KernelData(
                        text,
                        note(analysis, kernels, tracks, stops),
                        has ? kernels.firstNs() : recording.firstNs(),
                        has ? kernels.lastNs() : recording.lastNs());
            }
            if (kernels.size() == 0) {
                return LEFT_OUT;
            }
            kernels.atMost((int) (AGAIN * kernels.size() * maxLength / text.length()));
        }
        return kernels.hadAny() ? LEFT_OUT : NONE;
    }

    /** The rows of the timeline: devices of the pipelines, or all where there is none. */
    static List<Lane> lanes(Analysis analysis) {
        return analysis.pipelines().isEmpty() ? Lane.ofDevices(analysis.devices()) : Lane.of(analysis.pipelines());
    }

    /** Of each replica the median iteration, then of each the longest; without a pipeline the whole recording. */
    private static List<Stretch> stretches(Analysis analysis) {
        if (analysis.pipelines().isEmpty()) {
            return analysis.devices().isEmpty() ? List.of() : List.of(recording(analysis));
        }
        List<Stretch> stretches = new ArrayList<>();
        for (WindowId id : TimelineData.medianAndLongest(analysis)) {
            stretches.add(stretch(analysis, id));
        }
        return stretches;
    }

    private static Stretch stretch(Analysis analysis, WindowId id) {
        IterationAnalysis iteration = analysis.pipelines().stream()
                .filter(pipeline -> pipeline.replica() == id.replica())
                .map(PipelineAnalysis::iterations)
                .flatMap(List::stream)
                .filter(window -> window.index() == id.index())
                .findFirst()
                .orElseThrow();
        return Stretch.of(id.replica(), id.index(), iteration.startNs(), iteration.endNs());
    }

    private static Stretch recording(Analysis analysis) {
        Recording recording = analysis.details().recording();
        return new Stretch(Stretch.ALL, Stretch.ALL, recording.firstNs(), 1 + recording.lastNs(), recording.middleNs());
    }

    private static String note(Analysis analysis, ShownKernels kernels, KernelTracks tracks, StopColumns stops) {
        List<String> sentences = new ArrayList<>();
        if (kernels.size() > 0) {
            sentences.add(held(analysis, kernels));
        }
        if (tracks.leftOut() > 0) {
            sentences.add("The eight busiest streams of a device are shown; " + Units.count(tracks.leftOut(), "stream")
                    + " more are left out.");
        }
        if (stops.isShortened()) {
            sentences.add("Only the longest stops of hosts are shown.");
        }
        return String.join(" ", sentences);
    }

    private static String held(Analysis analysis, ShownKernels kernels) {
        List<Stretch> stretches = kernels.stretches();
        String count = Units.count(kernels.size(), "kernel");
        if (analysis.pipelines().isEmpty()) {
            boolean isAll = !stretches.isEmpty() && stretches.get(0).equals(recording(analysis));
            return isAll
                    ? "The page holds all " + count + '.'
                    : "The page holds " + count + ", from " + Units.time(kernels.firstNs()) + " to "
                            + Units.time(kernels.lastNs()) + " after the start; --max-size gives it room for more.";
        }
        Stretch first = stretches.get(0);
        boolean isPart = stretches.size() == 1 && !isWhole(analysis, first);
        List<String> names = stretches.stream()
                .map(Stretch::iteration)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        String of = (names.size() == 1 ? "iteration " : "iterations ") + Sentence.list(names);
        return "Zoom in and kernels appear below the tasks: the page holds " + count + " of "
                + (isPart
                        ? Units.time(first.toNs() - first.fromNs()) + " in the middle of " + of
                                + "; --max-size gives it room for more."
                        : of + " (the median and the longest one).");
    }

    private static boolean isWhole(Analysis analysis, Stretch stretch) {
        Stretch whole = stretch(analysis, new WindowId(stretch.replica(), stretch.iteration()));
        return whole.fromNs() == stretch.fromNs() && whole.toNs() == stretch.toNs();
    }
}
