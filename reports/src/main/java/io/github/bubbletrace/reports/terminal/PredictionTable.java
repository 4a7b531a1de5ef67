package io.github.bubbletrace.reports.terminal;

import io.github.bubbletrace.schedule.DecodePrediction;
import io.github.bubbletrace.schedule.Prediction;
import io.github.bubbletrace.schedule.StagePrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Predictions as lines of text, rounded, numbers aligned to the right. */
public final class PredictionTable {

    private static final List<String> HEADINGS = List.of(
            "schedule",
            "stages",
            "chunks",
            "micro-batches",
            "makespan",
            "ideal",
            "bubble",
            "of ideal",
            "closed form",
            "utilisation",
            "speed-up",
            "latency",
            "mb/s",
            "peak in flight");

    private PredictionTable() {}

    /** The table's lines, headings first. */
    public static List<String> lines(List<Prediction> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADINGS);
        rows.forEach(row -> cells.add(cells(row)));
        int[] width = new int[HEADINGS.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < width.length; i++) {
                width[i] = Math.max(width[i], line.get(i).length());
            }
        }
        return cells.stream().map(line -> aligned(line, width)).toList();
    }

    /** What a table has no room for: the device that waits longest where they differ, and a decode loop's steady state. */
    public static List<String> notes(List<Prediction> rows) {
        List<String> notes = new ArrayList<>();
        for (Prediction row : rows) {
            List<StagePrediction> stages = row.stages();
            boolean differ = stages.stream()
                            .mapToLong(StagePrediction::idleNs)
                            .distinct()
                            .count()
                    > 1;
            if (differ) {
                notes.add(name(row) + ": device " + row.worstDevice() + " waits longest, "
                        + time(stages.get(row.worstDevice()).idleNs()) + "; all wait "
                        + stages.stream().map(stage -> time(stage.idleNs())).collect(Collectors.joining(", ")));
            }
            if (stages.stream().anyMatch(stage -> stage.weightVersions() > 1)) {
                notes.add(name(row) + ": the devices keep "
                        + stages.stream()
                                .map(stage -> String.valueOf(stage.weightVersions()))
                                .collect(Collectors.joining(", "))
                        + " versions of their weights");
            }
            row.decode()
                    .ifPresent(decode ->
                            notes.add(name(row) + ": " + decode.inFlight() + " batches in flight, a pass every "
                                    + time(decode.passIntervalNs()) + ", a sequence's token every "
                                    + time(decode.tokenIntervalNs()) + tokens(decode) + ", the slowest stage starves "
                                    + percent(decode.starvation()) + " of the time"));
        }
        return notes;
    }

    private static String tokens(DecodePrediction decode) {
        return decode.tokensPerPass() == 1 ? "" : number(" (%.2f tokens a pass)", decode.tokensPerPass());
    }

    private static String name(Prediction row) {
        return row.schedule() + " " + row.shape().devices() + "x" + row.shape().microBatches();
    }

    private static List<String> cells(Prediction row) {
        return List.of(
                row.schedule(),
                Integer.toString(row.shape().devices()),
                Integer.toString(row.shape().chunksPerDevice()),
                Integer.toString(row.shape().microBatches()),
                time(row.makespanNs()),
                time(row.idealNs()),
                percent(row.bubble()),
                percent(row.bubbleOfIdeal()),
                row.closedFormBubble().isPresent()
                        ? percent(row.closedFormBubble().getAsDouble())
                        : "-",
                percent(row.utilisation()),
                number("%.2fx", row.speedUp()),
                time(row.latencyNs()),
                number("%.1f", row.throughput()),
                row.peakInFlight().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    /** The schedule and the list of peaks read from the left, every number from the right. */
    private static String aligned(List<String> line, int[] width) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < width.length; i++) {
            String padding = " ".repeat(width[i] - line.get(i).length());
            boolean left = i == 0 || i == width.length - 1;
            text.append(i == 0 ? "" : "  ");
            text.append(left ? line.get(i) + padding : padding + line.get(i));
        }
        return text.toString().stripTrailing();
    }

    private static String percent(double share) {
        return number("%.1f%%", 100 * share);
    }

    private static String time(long ns) {
        if (ns < 1_000) {
            return ns + " ns";
        }
        if (ns < 1_000_000) {
            return number("%.2f us", ns / 1e3);
        }
        return ns < 1_000_000_000 ? number("%.2f ms", ns / 1e6) : number("%.2f s", ns / 1e9);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
