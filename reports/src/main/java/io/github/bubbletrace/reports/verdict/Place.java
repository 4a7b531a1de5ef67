package io.github.bubbletrace.reports.verdict;

import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.StageTime;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.figures.DeviceTotals;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Units;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Where a cause sits: the stage or device that stands out, as the end of a sentence. */
public final class Place {

    /** A stage nearer to the median than this does not stand out. */
    private static final double NOTABLE_STAGE = 1.02;

    private Place() {}

    /** The stage that takes longest; empty where no stage time is known. */
    public static Optional<StageTime> slowestStage(PipelineAnalysis pipeline) {
        return pipeline.stageTimes().stream()
                .filter(stage -> Double.isFinite(stage.relative()))
                .max(Comparator.comparingDouble(StageTime::relative)
                        .thenComparing(StageTime::stage, Comparator.reverseOrder()));
    }

    /** What stands out about {@code cause}, as {@code stage 3 takes 1.34 times the median stage}; may be empty. */
    static Optional<String> of(Cause cause, PipelineAnalysis pipeline) {
        return switch (cause) {
            case IMBALANCE ->
                slowestStage(pipeline)
                        .filter(stage -> stage.relative() >= NOTABLE_STAGE)
                        .map(Place::slowStage);
            case HOST -> latest(pipeline);
            case P2P -> SlowLink.of(pipeline).map(SlowLink::text).or(() -> mostOn(cause, pipeline));
            case JITTER, COLLECTIVE -> mostOn(cause, pipeline);
            default -> Optional.empty();
        };
    }

    /** What to call the source of {@code cause}: a place where one stands out, else the cause itself. */
    static String culprit(Cause cause, PipelineAnalysis pipeline) {
        Optional<String> place = switch (cause) {
            case IMBALANCE ->
                slowestStage(pipeline)
                        .filter(stage -> stage.relative() >= NOTABLE_STAGE)
                        .map(stage -> "stage " + stage.stage());
            case HOST ->
                most(pipeline, DeviceTotals::ownLatenessNs)
                        .map(device -> "late launches, most on " + name(device, pipeline));
            case P2P -> SlowLink.of(pipeline).map(SlowLink::name);
            default -> Optional.empty();
        };
        return place.orElse(CauseText.name(cause));
    }

    private static Optional<String> mostOn(Cause cause, PipelineAnalysis pipeline) {
        return most(pipeline, device -> device.idleNs().get(cause)).map(device -> "most on " + name(device, pipeline));
    }

    private static String slowStage(StageTime stage) {
        return "stage " + stage.stage() + " takes " + Units.decimals(stage.relative(), 2) + " times the median stage";
    }

    private static Optional<String> latest(PipelineAnalysis pipeline) {
        return most(pipeline, DeviceTotals::ownLatenessNs)
                .map(device -> name(device, pipeline) + " starts its own work late by "
                        + Units.time(device.ownLatenessNs()) + " in all");
    }

    private static Optional<DeviceTotals> most(PipelineAnalysis pipeline, ToLongFunction<DeviceTotals> time) {
        List<DeviceTotals> devices = DeviceTotals.of(pipeline);
        return devices.stream()
                .filter(device -> time.applyAsLong(device) > 0)
                .reduce((a, b) -> time.applyAsLong(b) > time.applyAsLong(a) ? b : a);
    }

    private static String name(DeviceTotals device, PipelineAnalysis pipeline) {
        String stage = "stage " + device.stage();
        return pipeline.tensorParallel() == 1 ? stage : PlainText.clean(device.device()) + " (" + stage + ')';
    }
}
