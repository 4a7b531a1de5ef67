package io.github.bubbletrace.cli;

import io.github.bubbletrace.schedule.Serving;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How decode is fed. */
final class ServingOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--inflight",
            paramLabel = "K",
            defaultValue = "0",
            description = "Decode: batches in flight (default: as many as stages)")
    private int inFlight;

    @Option(
            names = "--prefill",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Decode: a prefill batch's time on a device (default: that of --forward)")
    private Long prefillNs;

    @Option(
            names = "--prefill-every",
            paramLabel = "N",
            defaultValue = "0",
            description = "Decode: every N-th batch is a prefill (default: none)")
    private int prefillEvery;

    @Option(
            names = "--draft",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = DurationConverter.class,
            description =
                    "Decode: what the last stage adds to each pass to draft the tokens that the next one verifies")
    private long draftNs;

    Serving serving() {
        if (inFlight < 0 || prefillEvery < 0) {
            throw new ParameterException(spec.commandLine(), "--inflight and --prefill-every cannot be negative");
        }
        return new Serving(inFlight, prefillEvery);
    }

    OptionalLong prefillNs() {
        return prefillNs == null ? OptionalLong.empty() : OptionalLong.of(prefillNs);
    }

    long draftNs() {
        return draftNs;
    }
}
