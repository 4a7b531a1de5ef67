package io.github.bubbletrace.reports.csv;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IdleSpans;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.csv.CSVPrinter;

/** Every idle span of every window with its cause, one a row; times in nanoseconds on the document's axis. */
public final class IdleCsv {

    private static final String[] COLUMNS = {"replica", "iteration", "rank", "gpu", "stage", "startNs", "endNs", "cause"
    };

    private IdleCsv() {}

    /**
     * Writes the table to {@code out}, which stays open.
     *
     * @throws IOException where {@code out} cannot be written
     */
    public static void write(Analysis analysis, OutputStream out) throws IOException {
        CsvFile.write(analysis, out, COLUMNS, IdleCsv::rows);
    }

    private static void rows(CSVPrinter csv, Object[] place, DeviceAnalysis device) throws IOException {
        IdleSpans idle = device.idle();
        for (int i = 0; i < idle.size(); i++) {
            CsvFile.row(
                    csv, place, idle.startNs(i), idle.endNs(i), idle.cause(i).key());
        }
    }
}
