package io.github.bubbletrace.reports.compare;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.attribution.Cause;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Takes from an analysis document what a comparison needs, and checks that its sums are right. */
final class DocumentReader {

    private static final String FAMILY = "bubbletrace.analysis/";
    private static final String VERSION = FAMILY + "1";

    private final String name;
    private final JsonValue root;

    private DocumentReader(String name, JsonValue root) {
        this.name = name;
        this.root = root;
    }

    /**
     * The run in the document {@code json}.
     *
     * @throws DamagedDocumentException where it is no such document, or not whole
     */
    static SavedRun read(String name, String json) {
        return new DocumentReader(name, JsonValue.parse(json)).run();
    }

    private SavedRun run() {
        String schema = root.get("schema").text();
        if (!schema.equals(VERSION)) {
            throw new DamagedDocumentException(
                    schema.startsWith(FAMILY)
                            ? "its schema is " + schema + ", of which this version reads " + VERSION + " only"
                            : "its schema is no analysis of bubbletrace");
        }
        List<JsonValue> pipelines = root.get("pipelines").elements();
        Optional<JsonValue> slowest = pipelines.stream().max(Comparator.comparingDouble(DocumentReader::meanWindowNs));
        return new SavedRun(
                name,
                root.get("tool").get("version").text(),
                pipelines.size(),
                slowest.map(DocumentReader::shape).orElse(null),
                slowest.map(DocumentReader::iterations).orElse(List.of()),
                root.get("devices").elements().stream()
                        .map(DocumentReader::busyDevice)
                        .toList(),
                root.get("findings").elements().stream()
                        .map(DocumentReader::finding)
                        .toList());
    }

    private static double meanWindowNs(JsonValue pipeline) {
        return iterations(pipeline).stream()
                .mapToLong(SavedRun.Iteration::windowNs)
                .average()
                .orElse(0);
    }

    private static SavedRun.Shape shape(JsonValue pipeline) {
        JsonValue microBatches = pipeline.get("microBatches");
        JsonValue formula = pipeline.get("totals").get("closedFormBubble");
        return new SavedRun.Shape(
                pipeline.get("schedule").get("kind").text(),
                pipeline.get("stages").count(),
                pipeline.get("chunksPerDevice").count(),
                pipeline.get("tensorParallel").count(),
                microBatches.isNull() ? null : microBatches.count(),
                formula.isNull() ? null : formula.number());
    }

    private static List<SavedRun.Iteration> iterations(JsonValue pipeline) {
        return pipeline.get("iterations").elements().stream()
                .filter(iteration -> iteration
                        .find("skipped")
                        .map(skipped -> !skipped.flag())
                        .orElse(true))
                .map(DocumentReader::iteration)
                .toList();
    }

    private static SavedRun.Iteration iteration(JsonValue iteration) {
        long windowNs =
                iteration.get("endNs").whole() - iteration.get("startNs").whole();
        List<SavedRun.Device> devices = iteration.get("devices").elements().stream()
                .map(device -> device(device, windowNs))
                .toList();
        return new SavedRun.Iteration(
                iteration.get("index").count(),
                windowNs,
                iteration.get("microBatches").count(),
                devices);
    }

    private static SavedRun.Device device(JsonValue device, long windowNs) {
        long busyNs = device.get("busyNs").ns();
        CauseTimes idleNs = idle(device.get("idleNs"));
        if (busyNs + idleNs.total() != windowNs) {
            throw new DamagedDocumentException(device.place() + ": busy and idle time do not sum to the window");
        }
        return new SavedRun.Device(device.get("stage").count(), busyNs, idleNs);
    }

    /** Causes that a later version may have added count as unresolved: this version cannot name them. */
    private static CauseTimes idle(JsonValue idle) {
        long[] ns = new long[Cause.values().length];
        for (Map.Entry<String, Object> entry : idle.fields().entrySet()) {
            Cause cause = Arrays.stream(Cause.values())
                    .filter(known -> known.key().equals(entry.getKey().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElse(Cause.UNRESOLVED);
            ns[cause.ordinal()] += idle.get(entry.getKey()).ns();
        }
        return CauseTimes.of(ns);
    }

    private static SavedRun.BusyDevice busyDevice(JsonValue device) {
        return new SavedRun.BusyDevice(
                device.get("device").text(),
                device.get("busyNs").ns(),
                device.get("windowNs").ns());
    }

    private static SavedRun.SavedFinding finding(JsonValue finding) {
        return new SavedRun.SavedFinding(
                finding.get("id").text(),
                finding.get("title").text(),
                finding.find("gain").map(JsonValue::number).orElse(null));
    }
}
