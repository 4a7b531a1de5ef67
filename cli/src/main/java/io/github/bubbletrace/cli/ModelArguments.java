package io.github.bubbletrace.cli;

import io.github.bubbletrace.AnalysisOptions;
import io.github.bubbletrace.whatif.ModelFacts;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What no trace says of the model and its devices' memory: the same for every command that predicts from traces. */
final class ModelArguments {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description = "Transformer layers of the whole model, for the best split and for schedules with chunks.")
    private int layers;

    @Option(
            names = "--activation-bytes",
            paramLabel = "SIZE",
            converter = ByteSizeConverter.class,
            description = "Activations of one micro-batch on one device, such as 1.5GB.")
    private long activationBytes;

    @Option(
            names = "--boundary-bytes",
            paramLabel = "SIZE",
            converter = ByteSizeConverter.class,
            description = "Output of a stage for one micro-batch: what recomputation keeps.")
    private long boundaryBytes;

    @Option(
            names = "--parameter-bytes",
            paramLabel = "SIZE",
            converter = ByteSizeConverter.class,
            description = "Parameters, gradients and optimizer state of one device.")
    private long parameterBytes;

    @Option(
            names = "--memory-limit",
            paramLabel = "SIZE",
            converter = ByteSizeConverter.class,
            description = "Memory of a device, such as 80GB; what exceeds it is marked.")
    private long memoryLimit;

    /** {@code options} and what was told. */
    AnalysisOptions on(AnalysisOptions options) {
        try {
            return options.withModel(
                    new ModelFacts(layers, activationBytes, boundaryBytes, parameterBytes, memoryLimit));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
