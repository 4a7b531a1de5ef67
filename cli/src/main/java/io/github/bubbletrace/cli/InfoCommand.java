package io.github.bubbletrace.cli;

import io.github.bubbletrace.Analyzer;
import io.github.bubbletrace.analysis.InputSummary;
import io.github.bubbletrace.reports.json.JsonReport;
import io.github.bubbletrace.reports.text.InputText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is in a trace without judging it. */
@Command(
        name = "info",
        description = "Says what is in traces: producer, ranks, GPUs, counts, clocks, what is missing.",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class)
final class InfoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TraceArguments arguments;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the inputs as a JSON document to FILE; - prints it instead of the table.")
    private Path json;

    @Override
    public Integer call() {
        List<InputSummary> inputs =
                Watched.run(spec, arguments.options(), options -> Analyzer.inspect(arguments.traces(), options));
        boolean toStdout = Delivery.isStdout(json);
        if (json != null && !toStdout) {
            Delivery.replace(json, JsonReport.inputsDocument(inputs));
        }
        ResultStream.print(spec, toStdout ? JsonReport.inputsDocument(inputs) : InputText.text(inputs));
        return ExitStatus.DONE;
    }
}
