package io.github.bubbletrace.reports;

import io.github.bubbletrace.analysis.ChangeOutcome;
import io.github.bubbletrace.analysis.WhatIfAnalysis;
import java.io.IOException;

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
        json.ratio("predictionError", whatIf.predictionError());
        json.text("withheld", whatIf.withheld());
        json.startArray("changes");
        for (ChangeOutcome change : whatIf.changes()) {
            change(json, change);
        }
        json.endArray();
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
