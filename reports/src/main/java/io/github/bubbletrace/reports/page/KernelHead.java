package io.github.bubbletrace.reports.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.timeline.KernelTracks;
import io.github.bubbletrace.reports.timeline.StopColumns;
import io.github.bubbletrace.reports.timeline.Stretch;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.StopKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** All texts of the kernels as JSON: names and kinds by number, reasons of stops, and the stretches held. */
final class KernelHead {

    private static final int MAX_NAME = 160;

    private KernelHead() {}

    static String of(KernelTracks tracks, List<Stretch> stretches, StopColumns stops) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            names(json, tracks.names());
            json.writeArrayFieldStart("stretches");
            for (Stretch stretch : stretches) {
                json.writeStartObject();
                json.writeNumberField("replica", stretch.replica());
                json.writeNumberField("from", stretch.fromNs());
                json.writeNumberField("to", stretch.toNs());
                json.writeEndObject();
            }
            json.writeEndArray();
            strings(json, "reasons", stops.reasons());
            json.writeArrayFieldStart("stopKinds");
            for (StopKind kind : StopKind.values()) {
                json.writeString(kind.name().toLowerCase(Locale.ROOT));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static void names(JsonGenerator json, List<String> names) throws IOException {
        strings(json, "names", names);
        json.writeArrayFieldStart("kinds");
        for (String name : names) {
            json.writeString(KernelKind.of(name).name().toLowerCase(Locale.ROOT));
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(PlainText.clean(text, MAX_NAME));
        }
        json.writeEndArray();
    }
}
