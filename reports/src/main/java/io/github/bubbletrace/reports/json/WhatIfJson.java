package io.github.bubbletrace.reports.json;

import io.github.bubbletrace.analysis.Advice;
import io.github.bubbletrace.analysis.BlameMatrix;
import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.analysis.DeviceMemory;
import io.github.bubbletrace.analysis.LayerSplit;
import io.github.bubbletrace.analysis.LevelShift;
import io.github.bubbletrace.analysis.StragglerAnalysis;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import java.io.IOException;
import java.util.List;

/** Predictions in documents: what {@code whatif} prints, and the same fields in the analysis document. */
public final class WhatIfJson {

    private static final String SCHEMA = "bubbletrace.whatif/1";

    private WhatIfJson() {}

    /** A document of schema {@code bubbletrace.whatif/1}, ending in a line feed. */
    public static String document(WhatIfAnalysis whatIf) {
        return JsonReport.write(json -> {
            json.text("schema", SCHEMA);
            fields(json, whatIf);
        });
    }

    /** The fields of an object that is already begun. */
    static void fields(JsonOut json, WhatIfAnalysis whatIf) throws IOException {
        json.number("recordedNs", whatIf.recordedNs());
        json.ratio("bubble", whatIf.bubble());
        json.value("peakInFlight", whatIf.peakInFlight());
        json.value("peakBytes", whatIf.peakBytes());
        json.value("fits", whatIf.fits());
        memory(json, whatIf.memory());
        levelShift(json, whatIf.levelShift());
        json.ratio("predictionError", whatIf.predictionError());
        json.text("withheld", whatIf.withheld());
        json.startArray("changes");
        for (ChangeOutcome change : whatIf.changes()) {
            change(json, change);
        }
        json.endArray();
        stragglers(json, whatIf.stragglers());
        blame(json, whatIf.blame());
        split(json, whatIf.layerSplit());
        json.startArray("advice");
        for (Advice advice : whatIf.advice()) {
            advice(json, advice);
        }
        json.endArray();
    }

    /** Only where there is one. */
    private static void levelShift(JsonOut json, LevelShift shift) throws IOException {
        if (shift == null) {
            return;
        }
        json.startObject("levelShift");
        json.number("from", shift.from());
        json.value("leftOut", shift.leftOut());
        json.ratio("difference", shift.difference());
        json.ratio("predictionErrorOfAll", shift.predictionErrorOfAll());
        json.endObject();
    }

    /** Only where the trace holds allocations. */
    private static void memory(JsonOut json, List<DeviceMemory> devices) throws IOException {
        if (devices.isEmpty()) {
            return;
        }
        json.startArray("memory");
        for (DeviceMemory device : devices) {
            json.startObject();
            json.text("device", device.device());
            json.number("peakBytes", device.peakBytes());
            json.value("baseBytes", device.baseBytes());
            json.value("activationBytes", device.activationBytes());
            json.endObject();
        }
        json.endArray();
    }

    private static void blame(JsonOut json, BlameMatrix blame) throws IOException {
        json.startObject("blame");
        json.value("waitNs", blame.waitNs());
        json.value("savedNs", blame.savedNs());
        json.value("stepSavedNs", blame.stepSavedNs());
        json.value("ownLatenessNs", blame.ownLatenessNs());
        json.endObject();
    }

    private static void split(JsonOut json, LayerSplit split) throws IOException {
        if (split == null) {
            json.value("layerSplit", null);
            return;
        }
        json.startObject("layerSplit");
        json.text("from", split.source().key());
        json.value("layers", split.layers());
        json.value("shares", split.shares());
        json.text("layout", split.layout());
        json.number("embeddingNs", split.embeddingNs());
        json.number("headNs", split.headNs());
        json.number("stepNs", split.stepNs());
        json.number("gainNs", split.gainNs());
        json.endObject();
    }

    private static void advice(JsonOut json, Advice advice) throws IOException {
        json.startObject();
        json.text("change", advice.change());
        json.text("text", advice.text());
        json.text("reason", advice.reason());
        json.text("formula", advice.formula());
        json.text("cost", advice.cost());
        json.text("note", advice.note());
        json.number("stepNs", advice.stepNs());
        json.ratio("speedUp", advice.speedUp());
        json.value("fits", advice.fits());
        json.endObject();
    }

    private static void stragglers(JsonOut json, StragglerAnalysis stragglers) throws IOException {
        json.startObject("stragglers");
        json.number("iterations", stragglers.iterations());
        json.number("withoutHostNs", stragglers.withoutHostNs());
        json.number("idealNs", stragglers.idealNs());
        json.ratio("slowdown", stragglers.slowdown());
        json.ratio("sizes", stragglers.sizes());
        json.startArray("groups");
        for (StragglerAnalysis.Group group : stragglers.groups()) {
            json.startObject();
            json.text("kind", group.kind());
            json.text("name", group.name());
            json.ratio("added", group.added());
            json.ratio("removed", group.removed());
            json.endObject();
        }
        json.endArray();
        json.value("stageByReplica", stragglers.stageByReplica());
        json.value("replicas", stragglers.replicas());
        json.endObject();
    }

    private static void change(JsonOut json, ChangeOutcome change) throws IOException {
        json.startObject();
        json.text("change", change.change());
        json.text("job", change.job());
        json.value("stepNs", change.stepNs());
        json.ratio("bubble", change.bubble());
        json.value("gainNs", change.gainNs());
        json.ratio("speedUp", change.speedUp());
        json.value("peakInFlight", change.peakInFlight());
        json.value("peakBytes", change.peakBytes());
        json.value("fits", change.fits());
        json.text("note", change.note());
        json.endObject();
    }
}
