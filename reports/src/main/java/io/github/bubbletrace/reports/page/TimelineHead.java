package io.github.bubbletrace.reports.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bubbletrace.attribution.Cause;
import io.github.bubbletrace.reports.markup.Palette;
import io.github.bubbletrace.reports.markup.Patterns;
import io.github.bubbletrace.reports.text.CauseText;
import io.github.bubbletrace.reports.text.PhaseText;
import io.github.bubbletrace.reports.text.PlainText;
import io.github.bubbletrace.reports.timeline.Lane;
import io.github.bubbletrace.schedule.Phase;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** All texts of the timeline as JSON: lanes, and phases and causes by their numbers in the columns. */
final class TimelineHead {

    private static final int MAX_NAME = 120;

    private TimelineHead() {}

    /** The head; {@code home} is the place of the window to show first, the times what there is to show in nanoseconds. */
    static String of(List<Lane> lanes, int home, long fromNs, long toNs) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("home", home);
            json.writeNumberField("from", fromNs);
            json.writeNumberField("to", toNs);
            json.writeNumberField(
                    "replicas",
                    lanes.stream().mapToInt(Lane::replica).distinct().count());
            lanes(json, lanes);
            phases(json);
            causes(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static void lanes(JsonGenerator json, List<Lane> lanes) throws IOException {
        json.writeArrayFieldStart("lanes");
        for (Lane lane : lanes) {
            json.writeStartObject();
            json.writeNumberField("replica", lane.replica());
            if (lane.stage() != Lane.NONE) {
                json.writeNumberField("stage", lane.stage());
            }
            json.writeNumberField("rank", lane.rank());
            json.writeStringField("device", PlainText.clean(lane.device(), MAX_NAME));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void phases(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("phases");
        for (Phase phase : Phase.values()) {
            json.writeStartObject();
            json.writeStringField("letter", phase.name());
            json.writeStringField("name", PhaseText.name(phase));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void causes(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("causes");
        for (Cause cause : Cause.values()) {
            json.writeStartObject();
            json.writeStringField("key", cause.key());
            json.writeStringField("name", CauseText.name(cause));
            json.writeStringField("meaning", CauseText.meaning(cause));
            json.writeStringField("family", Palette.family(cause));
            json.writeStringField("strokes", Patterns.strokes(cause));
            json.writeStringField("strokeWidth", Patterns.strokeWidth(cause));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
