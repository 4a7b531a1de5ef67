package io.github.bubbletrace.cli;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.compare.Comparison;
import io.github.bubbletrace.reports.compare.ComparisonJson;
import io.github.bubbletrace.reports.compare.ComparisonPage;
import io.github.bubbletrace.reports.compare.ComparisonText;
import io.github.bubbletrace.reports.compare.SavedReports;
import io.github.bubbletrace.reports.compare.SavedRun;
import io.github.bubbletrace.reports.json.JsonReport;
import io.github.bubbletrace.reports.output.ReportWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two runs in, what changed beyond the noise out. */
@Command(
        name = "compare",
        description = "Says what changed between two runs, per cause and stage, beyond the noise between iterations.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class)
final class CompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "BEFORE",
            description = "A trace, a folder of traces, or a report of analyze:"
                    + " report.json, report.html or their folder.")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "The same of the other run.")
    private Path after;

    @Mixin
    private ReadingArguments reading;

    @Mixin
    private SelectionArguments selection;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the comparison as a document to FILE; - prints it and nothing else.")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also writes the comparison as a page to FILE.")
    private Path html;

    @Override
    public Integer call() {
        Comparison comparison = Comparison.of(run(before), run(after));
        if (html != null) {
            replace(html, ComparisonPage.page(comparison, new RunInfo(ToolVersion.current(), ShellWords.join(spec))));
        }
        boolean isPrinted = Delivery.isStdout(json);
        if (json != null && !isPrinted) {
            Delivery.replace(json, ComparisonJson.document(comparison));
        }
        ResultStream.print(spec, isPrinted ? ComparisonJson.document(comparison) : ComparisonText.text(comparison));
        return ExitStatus.DONE;
    }

    private SavedRun run(Path path) {
        return SavedReports.read(path).orElseGet(() -> analysed(path));
    }

    private SavedRun analysed(Path trace) {
        AnalysisOptions options = selection.on(reading.options());
        RunInfo run = new RunInfo(ToolVersion.current(), "");
        return SavedReports.parse(
                trace.toString(),
                JsonReport.document(
                        Watched.run(spec, options, watched -> Analyzer.analyze(List.of(trace), watched)), run));
    }

    private static void replace(Path file, String page) throws UnusableInputException {
        try {
            ReportWriter.replace(file, page);
        } catch (IOException e) {
            throw Unwritable.because(file, e, "name another file with --html");
        }
    }
}
