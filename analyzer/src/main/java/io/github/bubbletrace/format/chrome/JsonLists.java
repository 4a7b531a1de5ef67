package io.github.bubbletrace.format.chrome;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.StringJoiner;

/** Lists of numbers in JSON. */
final class JsonLists {

    /** More than any job has ranks. */
    private static final int MAX_NUMBERS = 1 << 20;

    private JsonLists() {}

    /** The list whose start was just read, as {@code [0, 2]}; empty where it holds anything else, or too much. */
    static String numbers(JsonParser json) throws IOException {
        StringJoiner numbers = new StringJoiner(", ", "[", "]");
        int count = 0;
        boolean plain = true;
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = json.nextToken()) {
            plain &= token == JsonToken.VALUE_NUMBER_INT && count++ < MAX_NUMBERS;
            if (plain) {
                numbers.add(json.getText());
            }
            json.skipChildren();
        }
        return plain ? numbers.toString() : "";
    }
}
