package io.github.bubbletrace.cli;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.output.Output;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job: traces in, verdict and reports out. */
@Command(
        name = "analyze",
        description = "Finds the bubble in traces and what caused it; writes reports and prints the verdict.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class)
final class AnalyzeCommand implements Callable<Integer> {

    private static final String REDACTED_COMMAND = "bubbletrace analyze TRACE... --redact";

    @Spec
    private CommandSpec spec;

    @Mixin
    private TraceArguments arguments;

    @Mixin
    private SelectionArguments selection;

    @Mixin
    private ModelArguments model;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for the reports; without it, bubbletrace-report in the working directory.")
    private Path folder;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the analysis document to FILE; - prints it and nothing else, and without -o "
                    + "writes no file.")
    private Path json;

    @Option(
            names = "--perfetto",
            paramLabel = "FILE",
            description =
                    "Also writes tasks, causes, transfers and kernels to FILE as a trace that ui.perfetto.dev opens.")
    private Path perfetto;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description = "Which reports to write: ${COMPLETION-CANDIDATES}; without it, all.")
    private List<Output> only = List.of();

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = ByteSizeConverter.class,
            description =
                    "How large report.html may be (default: 10MB). Beyond it the timeline holds every span of chosen"
                            + " iterations only, and the page says so.")
    private long maxSize = RunInfo.DEFAULT_MAX_PAGE_BYTES;

    @Option(
            names = "--fail-if",
            paramLabel = "CONDITION",
            converter = OptionConverters.OfCondition.class,
            description = "Exits with 3 after writing the outputs when CONDITION, such as 'bubble>0.30', holds for any"
                    + " replica: a share from 0 to 1 (bubble, a cause's share of the window such as host,"
                    + " boundaryIdle, predictionError) and >, >=, < or <=. Exits with 2 where it cannot be evaluated."
                    + " May be repeated.")
    private List<Condition> conditions = List.of();

    @Option(
            names = "--redact",
            description = "Leaves host names, paths, user names and commands out of every output; inputs become"
                    + " input-0.sqlite and so on. Error messages still name files.")
    private boolean isRedacted;

    @Option(
            names = "--actions",
            paramLabel = "FILE",
            description =
                    "Orders as PyTorch writes them, a line a rank: says where the recorded ones first leave them.")
    private Path actions;

    @Option(
            names = "--write-actions",
            paramLabel = "FILE",
            description =
                    "Also writes the recorded order of the iteration of median length to FILE as PyTorch does, a line"
                            + " a stage; of several replicas one file each.")
    private Path writeActions;

    @Override
    public Integer call() {
        Delivery delivery = new Delivery(folder, json, perfetto, List.copyOf(only), isRedacted);
        delivery.prepare();
        Analysis analysis = Watched.run(spec, options(), options -> Analyzer.analyze(arguments.traces(), options));
        ResultStream.print(spec, delivery.deliver(analysis, run()));
        Gate.Outcome outcome = Gate.check(conditions, analysis);
        PrintWriter err = spec.commandLine().getErr();
        if (writeActions != null) {
            ActionExport.write(writeActions, analysis).forEach(note -> err.println("bubbletrace: " + note));
        }
        outcome.lines().forEach(line -> err.println("bubbletrace: " + line));
        return outcome.status();
    }

    private AnalysisOptions options() {
        AnalysisOptions options = model.on(selection.on(arguments.options()));
        options = actions == null ? options : options.comparedWith(ActionFile.read(actions, spec));
        return isRedacted ? options.redacted() : options;
    }

    private RunInfo run() {
        String command = isRedacted ? REDACTED_COMMAND : ShellWords.join(spec);
        return new RunInfo(ToolVersion.current(), command, maxSize);
    }
}
