package io.github.bubbletrace.reports.csv;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.TaskSpans;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.csv.CSVPrinter;

/** Every task of every iteration, one a row; times in nanoseconds on the document's axis, {@code gpu} empty if unknown. */
public final class TasksCsv {

    private static final String[] COLUMNS = {
        "replica", "iteration", "rank", "gpu", "stage", "chunk", "phase", "microBatch", "startNs", "endNs", "busyNs"
    };

    private TasksCsv() {}

    /**
     * Writes the table to {@code out}, which stays open.
     *
     * @throws IOException where {@code out} cannot be written
     */
    public static void write(Analysis analysis, OutputStream out) throws IOException {
        CsvFile.write(analysis, out, COLUMNS, TasksCsv::rows);
    }

    private static void rows(CSVPrinter csv, Object[] place, DeviceAnalysis device) throws IOException {
        TaskSpans tasks = device.tasks();
        for (int i = 0; i < tasks.size(); i++) {
            CsvFile.row(
                    csv,
                    place,
                    tasks.chunk(i),
                    tasks.phase(i),
                    tasks.microBatch(i),
                    tasks.startNs(i),
                    tasks.endNs(i),
                    tasks.busyNs(i));
        }
    }
}
