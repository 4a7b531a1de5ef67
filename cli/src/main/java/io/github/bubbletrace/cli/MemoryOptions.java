package io.github.bubbletrace.cli;

import io.github.bubbletrace.schedule.ActivationMemory;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a device can hold of activations: the limit of an automatic schedule. */
final class MemoryOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--memory-limit",
            paramLabel = "N|SIZE",
            description = "zb-auto: what a device can hold, in activations of a micro-batch, or as 40GB with"
                    + " --activation-bytes (default: as many activations as stages)")
    private String limit;

    @Option(
            names = "--activation-bytes",
            paramLabel = "SIZE",
            split = ",",
            converter = ByteSize.Converter.class,
            description = "zb-auto: a micro-batch's activations on a device; one for all or one a stage")
    private List<Long> activation = List.of();

    @Option(
            names = "--weight-bytes",
            paramLabel = "SIZE",
            split = ",",
            converter = ByteSize.Converter.class,
            description = "zb-auto: the part of them that stays until the weight gradient is done (default: all)")
    private List<Long> weightInput = List.of();

    /** Whether any of these options is given. */
    boolean isGiven() {
        return limit != null || !activation.isEmpty() || !weightInput.isEmpty();
    }

    /** The memory of each of {@code stages} devices. */
    ActivationMemory memory(int stages) {
        try {
            if (activation.isEmpty()) {
                return ActivationMemory.activations(count(stages));
            }
            if (limit == null) {
                throw unusable("--activation-bytes needs --memory-limit as a size");
            }
            return new ActivationMemory(
                    ByteSize.bytes(limit), activation, weightInput.isEmpty() ? activation : weightInput);
        } catch (IllegalArgumentException e) {
            throw unusable(e.getMessage());
        }
    }

    private int count(int stages) {
        if (!weightInput.isEmpty()) {
            throw unusable("--weight-bytes is a part of --activation-bytes, which is missing");
        }
        if (limit == null) {
            return stages;
        }
        if (!limit.matches("\\d{1,9}")) {
            throw unusable(
                    "--memory-limit '" + limit + "' is no number of activations; a size needs" + " --activation-bytes");
        }
        return Integer.parseInt(limit);
    }

    private ParameterException unusable(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
