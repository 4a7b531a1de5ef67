package io.github.bubbletrace.format.chrome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.airlift.compress.MalformedInputException;
import io.github.bubbletrace.format.Content;
import io.github.bubbletrace.format.DecimalTime;
import io.github.bubbletrace.format.TimeUnit;
import io.github.bubbletrace.trace.StringPool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The arrows of a trace from launches to GPU work, read in a second pass where correlation ids are missing. An arrow
 * begins at the start of the launch and ends at the start of the work it issued.
 */
final class FlowLinks {

    /** Arrows from a forward operator to its backward, which launch nothing. */
    private static final String NOT_LAUNCHING = "fwdbwd";

    private final StringPool strings;
    private final Places begins = new Places();
    private final Places ends = new Places();
    private final Places calls = new Places();

    private FlowLinks(StringPool strings) {
        this.strings = strings;
    }

    /** The arrows of {@code file}, of a damaged one those before the damage; named ids get their text's number. */
    static FlowLinks read(Path file, JsonFactory factory, StringPool strings) throws IOException {
        FlowLinks links = new FlowLinks(strings);
        try (InputStream in = Content.open(file);
                JsonParser json = factory.createParser(in)) {
            links.read(json);
        } catch (JsonProcessingException | MalformedInputException e) {
            return links;
        } catch (IOException e) {
            if (!Content.isDamage(e)) {
                throw e;
            }
        }
        return links;
    }

    Places begins() {
        return begins;
    }

    Places ends() {
        return ends;
    }

    Places calls() {
        return calls;
    }

    private void read(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        while (token == JsonToken.START_OBJECT && json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY && key.equals("traceEvents")) {
                readList(json);
            }
            json.skipChildren();
        }
        if (token == JsonToken.START_ARRAY) {
            readList(json);
        }
    }

    private void readList(JsonParser json) throws IOException {
        for (JsonToken token = json.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                readEvent(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readEvent(JsonParser json) throws IOException {
        String type = "";
        String category = "";
        long[] place = {-1, -1, DecimalTime.NONE};
        long id = -1;
        long correlation = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            switch (key) {
                case "ph" -> type = json.getText();
                case "cat" -> category = json.getText();
                case "pid" -> place[0] = id(json);
                case "tid" -> place[1] = id(json);
                case "ts" -> place[2] = DecimalTime.ns(json.getText(), TimeUnit.US);
                case "id" -> id = id(json);
                case "args" -> correlation = value == JsonToken.START_OBJECT ? correlation(json) : -1;
                default -> {}
            }
            json.skipChildren();
        }
        if (place[2] != DecimalTime.NONE) {
            add(type, category.toLowerCase(Locale.ROOT), place, id, correlation);
        }
    }

    private void add(String type, String category, long[] place, long id, long correlation) {
        if (type.equals("X") && Category.of(category) == Category.CALL) {
            calls.add(place, correlation);
        } else if (Set.of("s", "f").contains(type) && !category.equals(NOT_LAUNCHING)) {
            (type.equals("s") ? begins : ends).add(place, id);
        }
    }

    private static long correlation(JsonParser json) throws IOException {
        long correlation = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean known = json.currentName().equals("correlation");
            json.nextToken();
            correlation = known ? json.getValueAsInt(-1) : correlation;
            json.skipChildren();
        }
        return correlation;
    }

    private long id(JsonParser json) throws IOException {
        String text = json.getText();
        long number = DecimalTime.ns(text.toCharArray(), 0, text.length(), 0);
        return number == DecimalTime.NONE || Event.isNamed(number) ? Event.namedId(strings.intern(text)) : number;
    }
}
