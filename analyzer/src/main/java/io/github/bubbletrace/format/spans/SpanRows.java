package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.format.DecimalTime;
import io.github.bubbletrace.format.StampStep;
import io.github.bubbletrace.format.TimeUnit;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.Trace;
import io.github.bubbletrace.trace.TraceBuilder;
import io.github.bubbletrace.trace.TraceSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVRecord;

/** The rows of one CSV file, on their way into a trace. */
final class SpanRows {

    /** How many rows tell the unit. */
    private static final int SAMPLE = 2000;

    /** Times after this, in nanoseconds since 1970, have that as their origin: 2001. */
    private static final long EPOCH_NS = 1_000_000_000_000_000_000L;

    private final SpanColumns columns;
    private final TimeUnit told;
    private final TraceBuilder builder = new TraceBuilder();
    private final SpanTable spans = new SpanTable();
    private final Map<String, Optional<SpanWord>> words = new HashMap<>();
    private final List<CSVRecord> sample = new ArrayList<>();
    private final StampStep stamps = new StampStep();
    private TimeUnit inferred;
    private boolean sampled;
    private long baseNs = DecimalTime.NONE;

    SpanRows(SpanColumns columns, TimeUnit told) {
        this.columns = columns;
        this.told = told;
    }

    void add(CSVRecord row) {
        if (sampled) {
            place(row);
            return;
        }
        sample.add(row);
        if (sample.size() == SAMPLE) {
            placeSample();
        }
    }

    void cut(Exception problem) {
        builder.log().count(Oddity.INPUT_CUT, 1, "row " + (spans.size() + sample.size() + 1));
        if (spans.size() + sample.size() == 0) {
            builder.log().count(Oddity.BAD_ROWS, 1, String.valueOf(problem.getMessage()));
        }
    }

    Trace build(String path) {
        placeSample();
        if (spans.size() == 0) {
            throw new UnusableInputException(
                    path,
                    "no row with a readable start, end and name",
                    "give one span a row, as docs/recording.md says");
        }
        boolean startsAgain = SpanWriter.write(spans, builder);
        boolean sinceEpoch = !startsAgain && baseNs >= EPOCH_NS;
        return builder.build(new TraceSource(
                path,
                "spans-csv",
                null,
                null,
                null,
                sinceEpoch ? OptionalLong.of(baseNs) : OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                stamps.ns(),
                List.of("GPU kernels")));
    }

    private void placeSample() {
        if (!sampled) {
            sampled = true;
            inferUnit();
            sample.forEach(this::place);
            sample.clear();
        }
    }

    private void inferUnit() {
        if (told != null || allUnitsKnown()) {
            inferred = told == null ? TimeUnit.NS : told;
            return;
        }
        double[] starts = new double[sample.size()];
        double[] lengths = new double[sample.size()];
        int rows = 0;
        for (CSVRecord row : sample) {
            Double start = number(columns.text(row, SpanField.START));
            boolean hasEnd = !columns.has(SpanField.DURATION);
            Double other = number(columns.text(row, hasEnd ? SpanField.END : SpanField.DURATION));
            if (start != null && other != null && isTask(row)) {
                starts[rows] = start;
                lengths[rows++] = hasEnd ? other - start : other;
            }
        }
        inferred = SpanUnits.infer(java.util.Arrays.copyOf(starts, rows), java.util.Arrays.copyOf(lengths, rows));
        builder.log().count(Oddity.TIME_UNIT_INFERRED, 1, inferred.sign());
    }

    private boolean allUnitsKnown() {
        for (SpanField field : SpanField.values()) {
            if (SpanColumns.isTime(field) && columns.has(field) && columns.unit(field) == null) {
                return false;
            }
        }
        return true;
    }

    private boolean isTask(CSVRecord row) {
        return word(columns.text(row, SpanField.PHASE)).map(SpanWord::isTask).orElse(false);
    }

    private void place(CSVRecord row) {
        String name = columns.text(row, SpanField.PHASE);
        long start = time(row, SpanField.START);
        long length = time(row, SpanField.DURATION);
        long end = time(row, SpanField.END);
        if (name.isEmpty() || start == DecimalTime.NONE || (length == DecimalTime.NONE && end == DecimalTime.NONE)) {
            builder.log().count(Oddity.BAD_ROWS, 1);
            return;
        }
        stamps.see(start);
        baseNs = baseNs == DecimalTime.NONE ? start : baseNs;
        long stop = length == DecimalTime.NONE ? end : start + length;
        if (stop < start) {
            builder.log().count(Oddity.BAD_TIMES, 1);
            return;
        }
        int replica = integer(row, SpanField.REPLICA);
        int stage = integer(row, SpanField.STAGE);
        int lane = integer(row, SpanField.LANE);
        int rank = integer(row, SpanField.RANK);
        spans.add(
                new Track(replica, stage, lane, rank, Math.max(0, replica), 0),
                word(name).orElse(null),
                builder.strings().intern(name),
                integer(row, SpanField.STEP),
                integer(row, SpanField.CHUNK),
                integer(row, SpanField.MICRO_BATCH),
                start - baseNs,
                stop - baseNs,
                SpanNumbers.bytes(columns.text(row, SpanField.BYTES)));
    }

    private Optional<SpanWord> word(String name) {
        return words.computeIfAbsent(name, SpanWord::of);
    }

    private long time(CSVRecord row, SpanField field) {
        TimeUnit unit = columns.unit(field) == null ? inferred : columns.unit(field);
        return DecimalTime.ns(columns.text(row, field), unit);
    }

    private int integer(CSVRecord row, SpanField field) {
        return SpanNumbers.integer(columns.text(row, field));
    }

    private static Double number(String text) {
        try {
            return text.isEmpty() ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
