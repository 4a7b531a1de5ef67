package io.github.bubbletrace.cli;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.JsonReport;
import io.github.bubbletrace.reports.Output;
import io.github.bubbletrace.reports.ReportWriter;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.TerminalReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where an analysis goes.
 *
 * @param folder folder for the reports, or null for the default one
 * @param json file for the document, {@code -} for the standard output, or null
 * @param only the reports wanted; empty for all
 * @param isRedacted whether what is printed names no folder and no file of the user's
 */
record Delivery(Path folder, Path json, List<Output> only, boolean isRedacted) {

    private static final Path DEFAULT_FOLDER = Path.of("bubbletrace-report");
    private static final Path STDOUT = Path.of("-");

    /** Whether {@code file}, as given to an option, means the standard output. */
    static boolean isStdout(Path file) {
        return STDOUT.equals(file);
    }

    /**
     * Writes the files.
     *
     * @return what to print on the standard output
     * @throws io.github.bubbletrace.format.UnusableInputException where a file cannot be written
     */
    String deliver(Analysis analysis, RunInfo run) {
        List<Path> written = new ArrayList<>();
        if (!isStdout(json) || folder != null) {
            written.addAll(reports(analysis, run));
        }
        if (isStdout(json)) {
            return JsonReport.document(analysis, run);
        }
        if (json != null) {
            replace(json, JsonReport.document(analysis, run));
            written.add(json);
        }
        return TerminalReport.text(analysis, isRedacted ? withoutFolders(written) : written);
    }

    /** The reports by their own names; files that the user named are left out. */
    private static List<Path> withoutFolders(List<Path> written) {
        Set<Path> known = Arrays.stream(Output.values())
                .map(output -> Path.of(output.fileName()))
                .collect(Collectors.toSet());
        return written.stream().map(Path::getFileName).filter(known::contains).toList();
    }

    /** Writes one file all at once. */
    static void replace(Path file, String text) {
        try {
            ReportWriter.replace(file, text);
        } catch (IOException e) {
            throw Unwritable.because(file, e, "name another file with --json");
        }
    }

    private List<Path> reports(Analysis analysis, RunInfo run) {
        Path target = folder == null ? DEFAULT_FOLDER : folder;
        Set<Output> outputs = only.isEmpty() ? EnumSet.allOf(Output.class) : EnumSet.copyOf(only);
        try {
            return ReportWriter.write(target, analysis, run, outputs);
        } catch (IOException e) {
            throw Unwritable.because(target, e, "name another folder with -o");
        }
    }
}
