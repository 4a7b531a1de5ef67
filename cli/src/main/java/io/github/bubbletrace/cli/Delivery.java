package io.github.bubbletrace.cli;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.reports.PageSizeException;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.json.JsonReport;
import io.github.bubbletrace.reports.output.Output;
import io.github.bubbletrace.reports.output.ReportWriter;
import io.github.bubbletrace.reports.output.ReportWriter.Written;
import io.github.bubbletrace.reports.terminal.TerminalReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where an analysis goes.
 *
 * @param folder folder for the reports, or null for the default one
 * @param json file for the document, {@code -} for the standard output, or null
 * @param perfetto file for the Chrome trace, or null
 * @param only the reports wanted; empty for all
 * @param isRedacted whether what is printed names no folder and no file of the user's
 */
record Delivery(Path folder, Path json, Path perfetto, List<Output> only, boolean isRedacted) {

    private static final Path DEFAULT_FOLDER = Path.of("bubbletrace-report");
    private static final Path STDOUT = Path.of("-");

    /** Whether {@code file}, as given to an option, means the standard output. */
    static boolean isStdout(Path file) {
        return STDOUT.equals(file);
    }

    /** Begins to load what writing will need, while the analysis runs. */
    void prepare() {
        if (writesReports()) {
            ReportWriter.warmUp(outputs());
        }
    }

    private boolean writesReports() {
        return !isStdout(json) || folder != null;
    }

    private Set<Output> outputs() {
        return only.isEmpty() ? EnumSet.allOf(Output.class) : EnumSet.copyOf(only);
    }

    /**
     * Writes the files.
     *
     * @return what to print on the standard output
     * @throws io.github.bubbletrace.format.UnusableInputException where a file cannot be written
     */
    String deliver(Analysis analysis, RunInfo run) {
        List<Path> written = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (writesReports()) {
            Written reports = reports(analysis, run);
            written.addAll(reports.files());
            notes.addAll(reports.notes());
        }
        if (perfetto != null) {
            written.add(perfetto(analysis));
        }
        if (isStdout(json)) {
            return JsonReport.document(analysis, run);
        }
        if (json != null) {
            replace(json, JsonReport.document(analysis, run));
            written.add(json);
        }
        return TerminalReport.text(analysis, isRedacted ? withoutFolders(written) : written, notes);
    }

    /** The reports by their own names; the files of --json and --perfetto are the user's to name and are left out. */
    private List<Path> withoutFolders(List<Path> written) {
        return written.stream()
                .filter(file -> !file.equals(json) && !file.equals(perfetto))
                .map(Path::getFileName)
                .toList();
    }

    /** Writes one file all at once. */
    static void replace(Path file, String text) {
        try {
            ReportWriter.replace(file, text);
        } catch (IOException e) {
            throw Unwritable.because(file, e, "name another file with --json");
        }
    }

    private Path perfetto(Analysis analysis) {
        try {
            ReportWriter.replaceByPerfetto(perfetto, analysis);
            return perfetto;
        } catch (IOException e) {
            throw Unwritable.because(perfetto, e, "name another file with --perfetto");
        }
    }

    private Written reports(Analysis analysis, RunInfo run) {
        Path target = folder == null ? DEFAULT_FOLDER : folder;
        try {
            return ReportWriter.write(target, analysis, run, outputs());
        } catch (IOException e) {
            throw Unwritable.because(target, e, "name another folder with -o");
        } catch (PageSizeException e) {
            throw new UnusableInputException("report.html", e.getMessage(), "give it more with --max-size", e);
        }
    }
}
