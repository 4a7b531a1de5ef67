package io.github.bubbletrace.reports;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** A generator with the document's conventions: ratios of six decimals, null where nothing is known, sorted maps. */
final class JsonOut {

    private static final int RATIO_DECIMALS = 6;

    private final JsonGenerator out;

    JsonOut(JsonGenerator out) {
        this.out = out;
    }

    void startObject() throws IOException {
        out.writeStartObject();
    }

    void startObject(String name) throws IOException {
        out.writeObjectFieldStart(name);
    }

    void endObject() throws IOException {
        out.writeEndObject();
    }

    void startArray(String name) throws IOException {
        out.writeArrayFieldStart(name);
    }

    void endArray() throws IOException {
        out.writeEndArray();
    }

    void text(String name, String value) throws IOException {
        out.writeFieldName(name);
        any(value);
    }

    void number(String name, long value) throws IOException {
        out.writeNumberField(name, value);
    }

    void flag(String name, boolean value) throws IOException {
        out.writeBooleanField(name, value);
    }

    void ratio(String name, Double value) throws IOException {
        out.writeFieldName(name);
        any(value);
    }

    /** A plain value: number, string, boolean, null, or a list or map of such. */
    void value(String name, Object value) throws IOException {
        out.writeFieldName(name);
        any(value);
    }

    private void any(Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Collection<?> list) {
            list(list);
        } else {
            scalar(value);
        }
    }

    private void scalar(Object value) throws IOException {
        if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Double || value instanceof Float) {
            decimal(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else {
            out.writeString(PlainText.wellFormed(value.toString()));
        }
    }

    private void map(Map<?, ?> map) throws IOException {
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(PlainText.wellFormed(String.valueOf(key)), value));
        out.writeStartObject();
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            value(entry.getKey(), entry.getValue());
        }
        out.writeEndObject();
    }

    private void list(Collection<?> list) throws IOException {
        out.writeStartArray();
        for (Object element : list) {
            any(element);
        }
        out.writeEndArray();
    }

    /** Not Double.toString: its last digit differs between JDKs. */
    private void decimal(double value) throws IOException {
        if (!Double.isFinite(value)) {
            out.writeNull();
            return;
        }
        String digits = new BigDecimal(value)
                .setScale(RATIO_DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
        out.writeNumber(digits.contains(".") ? digits : digits + ".0");
    }
}
