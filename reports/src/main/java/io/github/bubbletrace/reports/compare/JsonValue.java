package io.github.bubbletrace.reports.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value within a JSON document that knows its place: what is missing or of another type is named by it. */
final class JsonValue {

    private final String place;
    private final Object value;

    private JsonValue(String place, Object value) {
        this.place = place;
        this.value = value;
    }

    /**
     * The document's root.
     *
     * @throws DamagedDocumentException where {@code text} is no JSON, or more than one value
     */
    static JsonValue parse(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            Object root = read(parser);
            if (parser.nextToken() != null) {
                throw new DamagedDocumentException("something follows the end of the document");
            }
            return new JsonValue("", root);
        } catch (IOException e) {
            throw new DamagedDocumentException("it is no complete JSON document");
        }
    }

    /** The field {@code name}, which must be there; it may be null. */
    JsonValue get(String name) {
        if (!fields().containsKey(name)) {
            throw new DamagedDocumentException(at(name) + " is missing");
        }
        return new JsonValue(at(name), fields().get(name));
    }

    /** The field {@code name}; empty where it is missing or null. */
    Optional<JsonValue> find(String name) {
        Object field = fields().get(name);
        return field == null ? Optional.empty() : Optional.of(new JsonValue(at(name), field));
    }

    boolean isNull() {
        return value == null;
    }

    long whole() {
        return as(Long.class, "whole number");
    }

    int count() {
        long number = whole();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new DamagedDocumentException(place + " is no count");
        }
        return (int) number;
    }

    /** A time or a length of time, which must not be negative. */
    long ns() {
        long number = whole();
        if (number < 0) {
            throw new DamagedDocumentException(place + " is negative");
        }
        return number;
    }

    double number() {
        return value instanceof Long whole ? whole : as(Double.class, "number");
    }

    boolean flag() {
        return as(Boolean.class, "true or false");
    }

    String text() {
        return as(String.class, "text");
    }

    List<JsonValue> elements() {
        List<?> list = as(List.class, "list");
        List<JsonValue> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(new JsonValue(place + '[' + i + ']', list.get(i)));
        }
        return elements;
    }

    /** Where it is, as {@code pipelines[0].totals}. */
    String place() {
        return place;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> fields() {
        return as(Map.class, "object");
    }

    private String at(String name) {
        return place.isEmpty() ? name : place + '.' + name;
    }

    private <T> T as(Class<T> type, String name) {
        if (!type.isInstance(value)) {
            throw new DamagedDocumentException((place.isEmpty() ? "the document" : place) + " is no " + name);
        }
        return type.cast(value);
    }

    /** The parser bounds the depth. */
    private static Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new DamagedDocumentException("it is empty");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> parser.getText();
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, read(parser));
        }
        return fields;
    }

    private static List<Object> list(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return elements;
    }
}
