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
                    "Decode: how long a draft model on the last stage proposes tokens after each pass, which the next one"
                            + " verifies in --forward")
    private long draftNs;

    @Option(
            names = "--draft-tokens",
            paramLabel = "N",
            description = "Decode: how many tokens are drafted for a sequence (default: 1 with --draft)")
    private Integer draftTokens;

    @Option(
            names = "--acceptance",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Decode: how likely a drafted token is accepted, 0 to 1 (default: 0)")
    private double acceptance;

    Serving serving() {
        if (inFlight < 0 || prefillEvery < 0) {
            throw new ParameterException(spec.commandLine(), "--inflight and --prefill-every cannot be negative");
        }
        boolean drafts = draftNs > 0 || draftTokens != null;
        int tokens = draftTokens == null ? 1 : draftTokens;
        if (drafts && tokens < 1) {
            throw new ParameterException(spec.commandLine(), "--draft-tokens must be at least 1");
        }
        if (!drafts && acceptance != 0) {
            throw new ParameterException(spec.commandLine(), "--acceptance needs --draft");
        }
        try {
            return new Serving(inFlight, prefillEvery).drafting(drafts ? tokens : 0, acceptance);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    OptionalLong prefillNs() {
        return prefillNs == null ? OptionalLong.empty() : OptionalLong.of(prefillNs);
    }

    long draftNs() {
        return draftNs;
    }
}
