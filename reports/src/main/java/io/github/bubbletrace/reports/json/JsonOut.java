package io.github.bubbletrace.reports.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bubbletrace.reports.text.PlainText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** A generator with the document's conventions: ratios of six decimals, null where nothing is known, sorted maps. */
public final class JsonOut {

    private static final int RATIO_DECIMALS = 6;

    private final JsonGenerator out;

    /** Writes to {@code out}, which stays the caller's to close. */
    public JsonOut(JsonGenerator out) {
        this.out = out;
    }

    /** Begins an object that has no name. */
    public void startObject() throws IOException {
        out.writeStartObject();
    }

    /** Begins a named object. */
    public void startObject(String name) throws IOException {
        out.writeObjectFieldStart(name);
    }

    /** Ends the innermost object. */
    public void endObject() throws IOException {
        out.writeEndObject();
    }

    /** Begins a named array. */
    public void startArray(String name) throws IOException {
        out.writeArrayFieldStart(name);
    }

    /** Ends the innermost array. */
    public void endArray() throws IOException {
        out.writeEndArray();
    }

    /** A text, null where nothing is known. */
    public void text(String name, String value) throws IOException {
        out.writeFieldName(name);
        any(value);
    }

    /** A whole number. */
    public void number(String name, long value) throws IOException {
        out.writeNumberField(name, value);
    }

    /** A truth value. */
    public void flag(String name, boolean value) throws IOException {
        out.writeBooleanField(name, value);
    }

    /** A ratio of six decimals, null where nothing is known. */
    public void ratio(String name, Double value) throws IOException {
        out.writeFieldName(name);
        any(value);
    }

    /** A plain value: number, string, boolean, null, or a list or map of such. */
    public void value(String name, Object value) throws IOException {
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
