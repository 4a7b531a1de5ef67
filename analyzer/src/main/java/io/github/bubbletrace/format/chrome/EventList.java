package io.github.bubbletrace.format.chrome;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;

/** The list of events in a JSON stream. */
final class EventList {

    private EventList() {}

    /** Reads the list whose start was just read, to its end. */
    static void read(JsonParser json, EventParser parser, EventSink sink) throws IOException {
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == null) {
                throw new JsonEOFException(json, token, "the list of events has no end");
            }
            if (token == JsonToken.START_OBJECT) {
                sink.add(parser.read(json, sink.next()));
            } else {
                json.skipChildren();
            }
        }
    }
}
