package io.github.bubbletrace.reports.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bubbletrace.schedule.DecodePrediction;
import io.github.bubbletrace.schedule.Prediction;
import io.github.bubbletrace.schedule.StagePrediction;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Predictions as a document of schema {@value #SCHEMA}: times in nanoseconds, shares between 0 and 1. */
public final class PredictionJson {

    /** The document's schema. */
    public static final String SCHEMA = "bubbletrace.prediction/1";

    private PredictionJson() {}

    /**
     * Writes {@code rows} to {@code to}, which stays open.
     *
     * @throws IOException where {@code to} cannot be written
     */
    public static void write(List<Prediction> rows, Writer to) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(to)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeArrayFieldStart("rows");
            for (Prediction row : rows) {
                writeRow(row, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        to.write('\n');
        to.flush();
    }

    private static void writeRow(Prediction row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("schedule", row.schedule());
        json.writeNumberField("stages", row.shape().devices());
        json.writeNumberField("chunksPerDevice", row.shape().chunksPerDevice());
        json.writeNumberField("microBatches", row.shape().microBatches());
        json.writeNumberField("makespanNs", row.makespanNs());
        json.writeNumberField("idealNs", row.idealNs());
        json.writeNumberField("bubble", row.bubble());
        json.writeNumberField("bubbleOfIdeal", row.bubbleOfIdeal());
        if (row.closedFormBubble().isPresent()) {
            json.writeNumberField("closedFormBubble", row.closedFormBubble().getAsDouble());
        } else {
            json.writeNullField("closedFormBubble");
        }
        json.writeNumberField("utilisation", row.utilisation());
        json.writeNumberField("speedUp", row.speedUp());
        json.writeNumberField("latencyNs", row.latencyNs());
        json.writeNumberField("firstLatencyNs", row.firstLatencyNs());
        json.writeNumberField("throughputPerSecond", row.throughput());
        json.writeArrayFieldStart("peakInFlight");
        for (int peak : row.peakInFlight()) {
            json.writeNumber(peak);
        }
        json.writeEndArray();
        writeStages(row, json);
        writeDecode(row, json);
        json.writeEndObject();
    }

    private static void writeStages(Prediction row, JsonGenerator json) throws IOException {
        json.writeNumberField("worstDevice", row.worstDevice());
        json.writeArrayFieldStart("devices");
        for (StagePrediction stage : row.stages()) {
            json.writeStartObject();
            json.writeNumberField("idleNs", stage.idleNs());
            json.writeNumberField("peakInFlight", stage.peakInFlight());
            json.writeNumberField("weightVersions", stage.weightVersions());
            json.writeNumberField("meanActivationLifetimeNs", stage.meanLifetimeNs());
            json.writeNumberField("longestActivationLifetimeNs", stage.longestLifetimeNs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeDecode(Prediction row, JsonGenerator json) throws IOException {
        if (row.decode().isEmpty()) {
            json.writeNullField("decode");
            return;
        }
        DecodePrediction decode = row.decode().get();
        json.writeObjectFieldStart("decode");
        json.writeNumberField("inFlight", decode.inFlight());
        json.writeNumberField("passIntervalNs", decode.passIntervalNs());
        json.writeNumberField("tokenIntervalNs", decode.tokenIntervalNs());
        json.writeNumberField("tokensPerPass", decode.tokensPerPass());
        json.writeNumberField("starvation", decode.starvation());
        json.writeEndObject();
    }
}
