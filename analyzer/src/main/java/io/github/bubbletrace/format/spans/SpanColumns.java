package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.format.TimeUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/** Which column of a CSV file says what, as its header tells. */
final class SpanColumns {

    private final List<String> header;
    private final Map<SpanField, Integer> columns = new EnumMap<>(SpanField.class);
    private final Map<SpanField, TimeUnit> units = new EnumMap<>(SpanField.class);

    SpanColumns(List<String> header) {
        this.header = header.stream().map(String::strip).toList();
        for (int c = 0; c < header.size(); c++) {
            int column = c;
            String name = this.header.get(c);
            Optional<SpanField> field = SpanField.named(name);
            if (field.isPresent()) {
                columns.putIfAbsent(field.get(), column);
            } else {
                withUnit(name, column);
            }
        }
    }

    /** {@code start_ms}, {@code duration (us)}, {@code startNs}: the unit is the last word. */
    private void withUnit(String name, int column) {
        String plain = SpanField.plain(name);
        int cut = plain.lastIndexOf('_');
        Optional<TimeUnit> unit = cut < 0 ? Optional.empty() : TimeUnit.named(plain.substring(cut + 1));
        Optional<SpanField> field = unit.flatMap(u -> SpanField.named(plain.substring(0, cut)));
        if (field.isPresent() && isTime(field.get()) && columns.putIfAbsent(field.get(), column) == null) {
            units.put(field.get(), unit.get());
        }
    }

    static boolean isTime(SpanField field) {
        return field == SpanField.START || field == SpanField.DURATION || field == SpanField.END;
    }

    boolean has(SpanField field) {
        return columns.containsKey(field);
    }

    /** How many columns are known. */
    int known() {
        return columns.size();
    }

    /** The text of {@code field} in {@code row}, empty where it is missing. */
    String text(CSVRecord row, SpanField field) {
        Integer column = columns.get(field);
        return column == null || column >= row.size() ? "" : row.get(column).strip();
    }

    /** The unit that the header gives for {@code field}, or null. */
    TimeUnit unit(SpanField field) {
        return units.get(field);
    }

    /** What a span log must have and this one has not, in words; empty where nothing is missing. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (SpanField field : List.of(SpanField.PHASE, SpanField.START, SpanField.MICRO_BATCH)) {
            if (!has(field)) {
                missing.add(field.word());
            }
        }
        if (!has(SpanField.DURATION) && !has(SpanField.END)) {
            missing.add("duration or end");
        }
        if (!has(SpanField.STAGE) && !has(SpanField.RANK)) {
            missing.add("stage or rank");
        }
        return missing;
    }

    /** The header as it was found. */
    String found() {
        return String.join(", ", header);
    }
}
