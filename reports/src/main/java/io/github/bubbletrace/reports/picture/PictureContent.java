package io.github.bubbletrace.reports.picture;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.Budget;
import io.github.bubbletrace.reports.figures.Windows;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the picture of the median iteration shows, however it is drawn. */
final class PictureContent {

    /** More lanes than this are cut: one screen cannot hold them. */
    private static final int MAX_LANES = 64;

    /** More spans than this are joined where they are shortest. */
    private static final int MAX_SPANS = 70_000;

    private final IterationAnalysis iteration;
    private final List<DeviceAnalysis> devices;
    private final List<PictureLane> lanes;
    private final long mergedNs;

    private PictureContent(IterationAnalysis iteration) {
        this.iteration = iteration;
        this.devices = shown(iteration);
        List<PictureLane> all = devices.stream().map(PictureLane::of).toList();
        long pixelNs = axis(0, PictureLayout.PLOT_WIDTH).pixelNs();
        this.mergedNs = mergeLimit(all, pixelNs);
        this.lanes = all.stream().map(lane -> lane.merged(mergedNs, pixelNs)).toList();
    }

    /** The picture of {@code pipeline}; empty where no iteration counts. */
    static Optional<PictureContent> of(PipelineAnalysis pipeline) {
        return Optional.ofNullable(Windows.median(pipeline)).map(PictureContent::new);
    }

    /** One device per stage where all of them are too many. */
    private static List<DeviceAnalysis> shown(IterationAnalysis iteration) {
        if (iteration.devices().size() <= MAX_LANES) {
            return iteration.devices();
        }
        Set<Integer> stages = new HashSet<>();
        return iteration.devices().stream()
                .filter(device -> stages.add(device.stage()))
                .limit(MAX_LANES)
                .toList();
    }

    private static long mergeLimit(List<PictureLane> lanes, long pixelNs) {
        long minNs = 0;
        while (count(lanes, minNs, pixelNs) > MAX_SPANS) {
            minNs = minNs == 0 ? Math.max(1, pixelNs / 2) : minNs + Math.max(1, minNs / 2);
        }
        return minNs;
    }

    private static int count(List<PictureLane> lanes, long minNs, long pixelNs) {
        return lanes.stream()
                .mapToInt(lane -> lane.merged(minNs, pixelNs).spanCount())
                .sum();
    }

    IterationAnalysis iteration() {
        return iteration;
    }

    List<PictureLane> lanes() {
        return lanes;
    }

    /** The time axis on {@code width} pixels from {@code left}: the window, and the ideal replay where it is longer. */
    TimeAxis axis(double left, double width) {
        long lastNs = iteration.endNs();
        for (DeviceAnalysis device : devices) {
            for (int i = 0; i < device.tasks().size(); i++) {
                lastNs = Math.max(lastNs, device.tasks().idealEndNs(i));
            }
        }
        return new TimeAxis(iteration.startNs(), lastNs, left, width);
    }

    /** Whether there is an ideal replay to show. */
    boolean hasIdeal() {
        return lanes.stream().anyMatch(lane -> !lane.ideal().isEmpty());
    }

    /** When the ideal replay ends; -1 where there is none. */
    long idealEndNs() {
        return lanes.stream()
                .flatMap(lane -> lane.ideal().stream())
                .mapToLong(PictureSpan::endNs)
                .max()
                .orElse(-1);
    }

    /** What is drawn, in words; it continues the iteration's name. */
    String caption() {
        StringBuilder text = new StringBuilder(
                ", the one of median length: " + Units.time(iteration.windowNs()) + ". Wide rows: as recorded.");
        if (hasIdeal()) {
            text.append(" Thin rows above: the same order without imbalance, jitter, transfers and delays.");
        }
        if (mergedNs > 0) {
            text.append(" Neighbouring spans under ")
                    .append(Units.time(mergedNs))
                    .append(" are drawn as one, filled as what takes most of it; idle time "
                            + "inside tasks that is under a pixel is not drawn.");
        }
        if (devices.size() < iteration.devices().size()) {
            text.append(" Shown: ")
                    .append(devices.size())
                    .append(" of ")
                    .append(iteration.devices().size());
            text.append(" devices, the first of each stage.");
        }
        return text.toString();
    }

    /** How busy each lane is, in words. */
    String description() {
        List<String> texts = new ArrayList<>();
        for (DeviceAnalysis device : devices) {
            Budget budget = Budget.of(device.busyNs(), device.idleNs());
            texts.add("stage " + device.stage() + " busy " + Units.tenths(budget.busyTenths()) + " %");
        }
        return Sentence.list(texts) + '.';
    }

    /** Phases that occur, in their order. */
    Set<Phase> phases() {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        for (DeviceAnalysis device : devices) {
            for (int i = 0; i < device.tasks().size(); i++) {
                phases.add(device.tasks().phase(i));
            }
        }
        return phases;
    }

    /** Causes that occur, in their order. */
    Set<Cause> causes() {
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        for (DeviceAnalysis device : devices) {
            for (int i = 0; i < device.idle().size(); i++) {
                causes.add(device.idle().cause(i));
            }
        }
        return causes;
    }
}
