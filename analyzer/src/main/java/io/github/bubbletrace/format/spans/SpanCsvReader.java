package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.format.Content;
import io.github.bubbletrace.format.TimeUnit;
import io.github.bubbletrace.format.TraceReader;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads CSV files of spans, one a row; the header tells the columns, in any order. */
public final class SpanCsvReader implements TraceReader {

    private static final int HEAD_BYTES = 1 << 16;
    private static final int ENOUGH_COLUMNS = 3;

    private final TimeUnit told;

    /** A reader that takes times without a unit in {@code told}; null infers it. */
    public SpanCsvReader(TimeUnit told) {
        this.told = told;
    }

    @Override
    public boolean recognises(byte[] head) {
        return new CsvDialect(head).columns().known() >= ENOUGH_COLUMNS;
    }

    @Override
    public boolean recognisesWhole(Path file, byte[] head) {
        return new CsvDialect(head).columns().missing().isEmpty();
    }

    @Override
    public Trace read(Path file, LongConsumer progress) {
        CsvDialect dialect = new CsvDialect(Content.head(file, HEAD_BYTES));
        refuseIncomplete(file, dialect.columns());
        SpanRows rows = new SpanRows(dialect.columns(), told);
        try (Reader text = new LineLimit(
                        file.toString(),
                        new BufferedReader(
                                new InputStreamReader(Content.open(file, progress), StandardCharsets.UTF_8)));
                CSVParser parser = CSVParser.parse(text, dialect.format())) {
            readRows(parser, rows);
        } catch (IOException | UncheckedIOException e) {
            rows.cut(e);
        }
        return rows.build(file.toString());
    }

    private static void readRows(CSVParser parser, SpanRows rows) {
        boolean header = true;
        for (CSVRecord row : parser) {
            if (!header) {
                rows.add(row);
            }
            header = false;
        }
    }

    private static void refuseIncomplete(Path file, SpanColumns columns) {
        List<String> missing = columns.missing();
        if (!missing.isEmpty()) {
            throw new UnusableInputException(
                    file.toString(),
                    "a CSV file without a column for " + String.join(", ", missing) + " (found: " + columns.found()
                            + ")",
                    "name the columns as in docs/recording.md");
        }
    }
}
