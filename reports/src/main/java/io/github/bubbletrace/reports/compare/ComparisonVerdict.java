package io.github.bubbletrace.reports.compare;

import io.github.bubbletrace.reports.compare.Comparison.TimeChange;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.text.Sentence;
import io.github.bubbletrace.reports.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What changed between two runs, in sentences: first what can be compared, then the result. */
public final class ComparisonVerdict {

    private static final int NAMED = 3;

    private ComparisonVerdict() {}

    /** What the runs have in common, and what that allows. */
    static List<String> scope(Comparison comparison) {
        if (!comparison.hasSteps()) {
            return List.of(withoutSteps(comparison) + " Only how busy the devices were can be compared.");
        }
        List<String> sentences = new ArrayList<>();
        SavedRun.Shape before = comparison.before().shape();
        SavedRun.Shape after = comparison.after().shape();
        List<String> differences = differences(before, after);
        if (differences.isEmpty()) {
            sentences.add("Both runs are " + shape(before) + ": everything is compared.");
        } else {
            sentences.add("The runs differ in " + Sentence.list(differences) + '.');
            if (comparison.isPerMicroBatch()) {
                sentences.add("All times are per micro-batch.");
            }
            sentences.add(
                    comparison.hasSameStages()
                            ? "Their stages are the same and are compared one by one."
                            : "Their stages are not the same: times are means over the devices, and single stages are not"
                                    + " compared.");
        }
        if (comparison.before().replicas() > 1 || comparison.after().replicas() > 1) {
            sentences.add("Of several replicas the one with the longest mean window is compared.");
        }
        if (comparison.isNoiseUnknown()) {
            sentences.add("A run has a single iteration, so the noise is unknown: every difference is listed.");
        }
        return sentences;
    }

    /** The result. */
    public static List<String> sentences(Comparison comparison) {
        if (!comparison.hasSteps()) {
            return List.of("Devices were busy for "
                    + Units.percent(Comparison.busyShare(comparison.before())) + " of the recording before and "
                    + Units.percent(Comparison.busyShare(comparison.after())) + " after.");
        }
        List<String> sentences = new ArrayList<>();
        Change step = comparison.step();
        sentences.add(step(comparison, step));
        Change bubble = comparison.bubble();
        sentences.add("The bubble is " + Units.percent(bubble.after()) + " after " + Units.percent(bubble.before())
                + (bubble.isBeyondNoise(0) ? "." : ", which is within the noise."));
        List<TimeChange> changed = comparison.changed();
        if (changed.isEmpty()) {
            sentences.add("No cause changed beyond the noise between iterations.");
        } else {
            parts(
                            "Less",
                            changed.stream()
                                    .filter(time -> time.change().difference() < 0)
                                    .toList())
                    .ifPresent(sentences::add);
            parts(
                            "More",
                            changed.stream()
                                    .filter(time -> time.change().difference() > 0)
                                    .toList())
                    .ifPresent(sentences::add);
        }
        return sentences;
    }

    private static Optional<String> parts(String how, List<TimeChange> changed) {
        List<String> parts = changed.stream()
                .limit(NAMED)
                .map(time -> name(time) + ' ' + signed(time.change().difference()))
                .toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(how + " time a device: " + Sentence.list(parts) + '.');
    }

    private static String step(Comparison comparison, Change step) {
        String unit = comparison.isPerMicroBatch() ? "A micro-batch of the step" : "The step";
        if (!comparison.isNotable(step)) {
            return unit + " takes " + Units.time(Math.round(step.after())) + " after "
                    + Units.time(Math.round(step.before())) + ", which is within the noise"
                    + (step.noise() == null ? "" : " of " + Units.time(Math.round(step.noise()))) + '.';
        }
        String way = step.difference() < 0 ? " shorter" : " longer";
        return unit + " is " + Units.percent(Math.abs(step.difference()) / step.before()) + way + ": "
                + Units.time(Math.round(step.after())) + " after " + Units.time(Math.round(step.before()))
                + (step.noise() == null ? "." : ", beyond a noise of " + Units.time(Math.round(step.noise())) + '.');
    }

    /** A time with its sign: {@code +1.20 ms}. */
    static String signed(double ns) {
        long whole = Math.round(ns);
        return (whole > 0 ? "+" : whole < 0 ? "-" : "") + Units.time(Math.abs(whole));
    }

    /** What a part of the step is called. */
    static String name(TimeChange time) {
        return time.cause() == null ? time.name() : CauseText.name(time.cause());
    }

    static String shape(SavedRun.Shape shape) {
        return shape.schedule() + ", " + Units.count(shape.stages(), "stage")
                + (shape.microBatches() == null ? "" : ", " + Units.count(shape.microBatches(), "micro-batch"));
    }

    private static String withoutSteps(Comparison comparison) {
        boolean before = comparison.before().hasIterations();
        boolean after = comparison.after().hasIterations();
        String which = before == after ? "Neither run" : before ? "The run after" : "The run before";
        return which + (before == after ? " has" : " has no") + " iterations of a pipeline.";
    }

    private static List<String> differences(SavedRun.Shape before, SavedRun.Shape after) {
        List<String> differences = new ArrayList<>();
        add(differences, "schedule", before.schedule(), after.schedule());
        add(differences, "stages", before.stages(), after.stages());
        add(differences, "chunks a device", before.chunksPerDevice(), after.chunksPerDevice());
        add(differences, "devices a stage", before.tensorParallel(), after.tensorParallel());
        add(differences, "micro-batches", before.microBatches(), after.microBatches());
        return differences;
    }

    private static void add(List<String> differences, String name, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            differences.add(name + " (" + known(before) + " before, " + known(after) + " after)");
        }
    }

    private static String known(Object value) {
        return value == null ? "varying" : PlainText.clean(String.valueOf(value), 60);
    }
}
