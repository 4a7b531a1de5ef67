package io.github.bubbletrace.cli;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.IterationSelection;
import io.github.bubbletrace.pipeline.fleet.Layout;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which part of the traces is analysed, and what the ranks are: the same for every command that looks for pipelines. */
final class SelectionArguments {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--iterations",
            paramLabel = "FROM:TO",
            converter = OptionConverters.OfRange.class,
            description = "Iterations to analyse, by their numbers in the document, without TO itself: 3:10 is 3 to 9;"
                    + " 3:, :10 or one number; the others are left out of the document. Turns the warm-up rule of --skip"
                    + " off.")
    private IterationSelection range = IterationSelection.ALL;

    @Option(
            names = "--skip",
            paramLabel = "N",
            description = "Leaves the first N iterations (of --iterations) out of the totals; 0 keeps all. Without it:"
                    + " leading iterations longer than 1.5 x the median of the others, at most 3, where there are 5 or"
                    + " more.")
    private Integer skip;

    @Option(
            names = "--layout",
            paramLabel = "SIZES",
            converter = OptionConverters.OfLayout.class,
            description = "Which lane, stage and replica each rank is where labels do not say, as"
                    + " tp=4,pp=8,dp=2,order=tp-dp-pp: sizes (default: 1), and the order in which ranks count through"
                    + " them, fastest first (default: tp-dp-pp).")
    private Layout layout;

    /** {@code options} and what was selected. */
    AnalysisOptions on(AnalysisOptions options) {
        return options.withIterations(skip == null ? range : range.skipping(skip()))
                .withLayout(layout);
    }

    private int skip() {
        if (skip < 0) {
            throw new ParameterException(spec.commandLine(), "--skip must not be negative");
        }
        return skip;
    }
}
