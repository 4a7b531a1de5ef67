package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The median iteration as stages over time: what was recorded, and above it the ideal replay on the same axis. */
final class PipelinePicture {

    /** More lanes than this are cut: one screen cannot hold them. */
    private static final int MAX_LANES = 64;

    /** More spans than this are joined where they are shortest. */
    private static final int MAX_SPANS = 70_000;

    private final HtmlWriter html;
    private final IterationAnalysis iteration;
    private final List<DeviceAnalysis> devices;
    private final String id;

    private PipelinePicture(HtmlWriter html, IterationAnalysis iteration, int replica) {
        this.html = html;
        this.iteration = iteration;
        this.devices = shown(iteration);
        this.id = "picture-" + replica;
    }

    /** Writes the picture as a figure; nothing where no iteration counts. */
    static void write(HtmlWriter html, PipelineAnalysis pipeline) {
        IterationAnalysis median = Windows.median(pipeline);
        if (median != null) {
            new PipelinePicture(html, median, pipeline.replica()).figure();
        }
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

    private void figure() {
        PictureLayout layout = new PictureLayout(devices.size());
        TimeAxis axis = layout.axis(iteration.startNs(), lastNs());
        List<PictureLane> lanes = devices.stream().map(PictureLane::of).toList();
        long minNs = mergeLimit(lanes, axis);
        List<PictureLane> drawn =
                lanes.stream().map(lane -> lane.merged(minNs, axis.pixelNs())).toList();
        html.open("figure");
        html.open("figcaption").element("strong", "Iteration " + iteration.index());
        html.text(caption(drawn, minNs)).close();
        html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", "Pipeline picture");
        new PictureSvg(html, layout, axis).write(drawn, id, description());
        html.close();
        legend();
        html.close();
    }

    private long lastNs() {
        long last = iteration.endNs();
        for (DeviceAnalysis device : devices) {
            for (int i = 0; i < device.tasks().size(); i++) {
                last = Math.max(last, device.tasks().idealEndNs(i));
            }
        }
        return last;
    }

    private static long mergeLimit(List<PictureLane> lanes, TimeAxis axis) {
        long minNs = 0;
        while (count(lanes, minNs, axis.pixelNs()) > MAX_SPANS) {
            minNs = minNs == 0 ? Math.max(1, axis.pixelNs() / 2) : minNs + Math.max(1, minNs / 2);
        }
        return minNs;
    }

    private static int count(List<PictureLane> lanes, long minNs, long pixelNs) {
        return lanes.stream()
                .mapToInt(lane -> lane.merged(minNs, pixelNs).spanCount())
                .sum();
    }

    private String caption(List<PictureLane> drawn, long minNs) {
        StringBuilder text = new StringBuilder(
                ", the one of median length: " + Units.time(iteration.windowNs()) + ". Wide rows: as recorded.");
        if (drawn.stream().anyMatch(lane -> !lane.ideal().isEmpty())) {
            text.append(" Thin rows above: the same order without imbalance, jitter, transfers and delays.");
        }
        if (minNs > 0) {
            text.append(" Neighbouring spans under ")
                    .append(Units.time(minNs))
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

    private String description() {
        List<String> lanes = new ArrayList<>();
        for (DeviceAnalysis device : devices) {
            Budget budget = Budget.of(device.busyNs(), device.idleNs());
            lanes.add("stage " + device.stage() + " busy " + Units.tenths(budget.busyTenths()) + " %");
        }
        return Sentence.list(lanes) + ". The tables below hold the same in numbers.";
    }

    private void legend() {
        EnumSet<Phase> phases = EnumSet.noneOf(Phase.class);
        EnumSet<Cause> causes = EnumSet.noneOf(Cause.class);
        for (DeviceAnalysis device : devices) {
            for (int i = 0; i < device.tasks().size(); i++) {
                phases.add(device.tasks().phase(i));
            }
            for (int i = 0; i < device.idle().size(); i++) {
                causes.add(device.idle().cause(i));
            }
        }
        html.open("ul", "class", "legend");
        phases.forEach(phase -> item("p-" + phase.name(), phase.name() + " " + phaseName(phase)));
        causes.forEach(cause -> item(Patterns.css(cause), CauseText.name(cause) + ": " + CauseText.meaning(cause)));
        html.close();
    }

    private void item(String css, String text) {
        html.open("li");
        Patterns.swatch(html, css);
        html.text(text).close();
    }

    private static String phaseName(Phase phase) {
        return switch (phase) {
            case F -> "forward";
            case B -> "backward";
            case W -> "weight gradient";
            case R -> "recompute";
            case P -> "prefill";
            case D -> "decode";
        };
    }
}
