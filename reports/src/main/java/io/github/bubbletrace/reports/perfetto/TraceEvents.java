package io.github.bubbletrace.reports.perfetto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bubbletrace.reports.text.PlainText;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes the JSON form of Chrome's trace events as they come; times are given in nanoseconds. */
final class TraceEvents implements Closeable {

    private final JsonGenerator json;

    /** Begins the document on {@code out}, which stays open. */
    TraceEvents(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("displayTimeUnit", "ns");
        json.writeArrayFieldStart("traceEvents");
    }

    /** A track: process and thread. */
    record Track(int process, int thread) {}

    void processName(int process, String name) throws IOException {
        metadata("process_name", new Track(process, 0), "name", name);
    }

    void processOrder(int process, int order) throws IOException {
        metadata("process_sort_index", new Track(process, 0), "sort_index", order);
    }

    void threadName(Track track, String name) throws IOException {
        metadata("thread_name", track, "name", name);
        metadata("thread_sort_index", track, "sort_index", track.thread());
    }

    /** A slice from {@code startNs} to {@code endNs}. */
    void slice(Track track, String category, String name, long startNs, long endNs, Map<String, Object> details)
            throws IOException {
        start("X", track, category, name, startNs);
        time("dur", endNs - startNs);
        json.writeObjectFieldStart("args");
        for (Map.Entry<String, Object> detail : details.entrySet()) {
            value(detail.getKey(), detail.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** The tail of the arrow {@code id}: it starts at the slice that covers {@code atNs}. */
    void arrowFrom(Track track, long id, long atNs) throws IOException {
        arrow("s", track, id, atNs);
    }

    /** A slice that the arrow passes on its way. */
    void arrowThrough(Track track, long id, long atNs) throws IOException {
        arrow("t", track, id, atNs);
    }

    /** The head of the arrow. */
    void arrowTo(Track track, long id, long atNs) throws IOException {
        arrow("f", track, id, atNs);
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private void arrow(String kind, Track track, long id, long atNs) throws IOException {
        start(kind, track, "transfer", "transfer", atNs);
        json.writeNumberField("id", id);
        json.writeStringField("bp", "e");
        json.writeEndObject();
    }

    private void metadata(String name, Track track, String key, Object value) throws IOException {
        json.writeStartObject();
        json.writeStringField("ph", "M");
        json.writeStringField("name", name);
        json.writeNumberField("pid", track.process());
        if (track.thread() != 0) {
            json.writeNumberField("tid", track.thread());
        }
        json.writeObjectFieldStart("args");
        value(key, value);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void start(String kind, Track track, String category, String name, long atNs) throws IOException {
        json.writeStartObject();
        json.writeStringField("ph", kind);
        json.writeStringField("cat", category);
        json.writeStringField("name", PlainText.clean(name));
        json.writeNumberField("pid", track.process());
        json.writeNumberField("tid", track.thread());
        time("ts", atNs);
    }

    private void value(String key, Object value) throws IOException {
        if (value instanceof Number number) {
            json.writeNumberField(key, number.longValue());
        } else {
            json.writeStringField(key, PlainText.clean(String.valueOf(value)));
        }
    }

    /** Microseconds with three digits, exactly: a double would round times late in a long trace. */
    private void time(String name, long ns) throws IOException {
        json.writeFieldName(name);
        long nanos = Math.abs(ns % 1000);
        String digits = nanos == 0 ? "" : "." + (nanos < 10 ? "00" : nanos < 100 ? "0" : "") + nanos;
        json.writeNumber((ns < 0 ? "-" : "") + Math.abs(ns / 1000) + digits);
    }
}
