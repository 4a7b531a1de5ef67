package io.github.bubbletrace.pipeline.unlabelled;

/** Devices whose transfers make no pipeline, and why. */
final class NoPipelineException extends Exception {

    private static final long serialVersionUID = 1;

    NoPipelineException(String reason) {
        super(reason);
    }
}
