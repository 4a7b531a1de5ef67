package io.github.bubbletrace.cli;

import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.reports.Output;
import io.github.bubbletrace.reports.RunInfo;
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

    @Spec
    private CommandSpec spec;

    @Mixin
    private TraceArguments arguments;

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
            description = "Also writes tasks, causes and transfers to FILE as a trace that ui.perfetto.dev opens.")
    private Path perfetto;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description = "Which reports to write: ${COMPLETION-CANDIDATES}; without it, all.")
    private List<Output> only = List.of();

    @Override
    public Integer call() {
        Analysis analysis = Analyzer.analyze(arguments.traces(), arguments.options());
        RunInfo run = new RunInfo(ToolVersion.current(), ShellWords.join(spec));
        ResultStream.print(spec, new Delivery(folder, json, perfetto, List.copyOf(only)).deliver(analysis, run));
        return ExitStatus.DONE;
    }
}
