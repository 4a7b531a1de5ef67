package io.github.bubbletrace.reports.csv;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table as comma-separated values (RFC 4180 with line feeds): rows by replica, iteration, device and time. */
final class CsvFile {

    private CsvFile() {}

    /** Writes the rows of one device of one window. */
    interface Rows {

        /** Prints the rows; every one begins with {@code place}: replica, iteration, rank, gpu and stage. */
        void write(CSVPrinter csv, Object[] place, DeviceAnalysis device) throws IOException;
    }

    /** Writes heading and rows to {@code out}, which stays open. Skipped iterations are in it too. */
    static void write(Analysis analysis, OutputStream out, String[] columns, Rows rows) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setHeader(columns)
                .get();
        CSVPrinter csv = new CSVPrinter(text, format);
        for (PipelineAnalysis pipeline : analysis.pipelines()) {
            for (IterationAnalysis iteration : pipeline.iterations()) {
                for (DeviceAnalysis device : iteration.devices()) {
                    Object[] place = {pipeline.replica(), iteration.index(), device.rank(), device.gpu(), device.stage()
                    };
                    rows.write(csv, place, device);
                }
            }
        }
        text.flush();
    }

    /** Prints one row: {@code place} and then {@code values}. */
    static void row(CSVPrinter csv, Object[] place, Object... values) throws IOException {
        for (Object value : place) {
            csv.print(value);
        }
        for (Object value : values) {
            csv.print(value);
        }
        csv.println();
    }
}
