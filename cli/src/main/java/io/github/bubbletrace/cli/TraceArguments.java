package io.github.bubbletrace.cli;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.format.TimeUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The traces, and what the user says about them: the same for every command that reads traces. */
final class TraceArguments {

    @Parameters(paramLabel = "TRACE", arity = "1..*", description = "A trace, or a folder of them: one per rank.")
    private List<Path> traces = new ArrayList<>();

    @Option(
            names = "--label-pattern",
            paramLabel = "REGEX",
            converter = LabelPatternConverter.class,
            description = "Form of your own range names, with the named groups phase, stage, mb and it.")
    private Pattern labelPattern;

    @Option(
            names = "--time-unit",
            paramLabel = "UNIT",
            converter = TimeUnitConverter.class,
            description = "Unit of the times in span logs whose header does not say it: ns, us, ms or s.")
    private TimeUnit timeUnit;

    List<Path> traces() {
        return List.copyOf(traces);
    }

    AnalysisOptions options() {
        AnalysisOptions defaults = AnalysisOptions.defaults().withTimeUnit(timeUnit);
        return labelPattern == null ? defaults : defaults.withLabelPattern(labelPattern);
    }
}
