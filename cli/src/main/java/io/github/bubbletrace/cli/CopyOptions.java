package io.github.bubbletrace.cli;

import io.github.bubbletrace.pipeline.fleet.Layout;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many times a simulated pipeline is there: lanes within a stage, replicas beside each other. */
final class CopyOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--tp",
            paramLabel = "N",
            defaultValue = "1",
            description = "Tensor-parallel ranks of a stage, all doing the same at the same times (default: 1)")
    private int tensor;

    @Option(
            names = "--dp",
            paramLabel = "N",
            defaultValue = "1",
            description = "Data-parallel replicas, each a little after the one before (default: 1)")
    private int data;

    @Option(
            names = "--rank-order",
            paramLabel = "ORDER",
            defaultValue = "tp-dp-pp",
            description = "How ranks count through them, fastest first, as in --layout (default: tp-dp-pp)")
    private String order;

    /** Which rank is what, for {@code stages} stages. */
    Layout layout(int stages) {
        try {
            return LayoutText.parse("tp=" + tensor + ",pp=" + stages + ",dp=" + data + ",order=" + order);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--tp, --dp, --rank-order: " + e.getMessage());
        }
    }

    /** How many ranks do the same. */
    long count() {
        return Math.max(1L, tensor) * Math.max(1, data);
    }
}
