package io.github.bubbletrace.cli;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.format.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What the user says about traces: the same for every command that reads them. */
final class ReadingArguments {

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

    AnalysisOptions options() {
        AnalysisOptions defaults = AnalysisOptions.defaults().withTimeUnit(timeUnit);
        return labelPattern == null ? defaults : defaults.withLabelPattern(labelPattern);
    }
}
