package io.github.bubbletrace.pipeline.unlabelled;

/** Devices whose transfers make no pipeline, and why. */
final class NoPipelineException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    /** @param reason why the first step fails; later ones say that they do by {@link Reached#in} */
    NoPipelineException(String reason) {
        this(new Refusal(Reached.TRANSFERS, reason));
    }

    NoPipelineException(Refusal refusal) {
        super(refusal.reason());
        this.refusal = refusal;
    }

    /** The reason, and how far the reading came. */
    Refusal refusal() {
        return refusal;
    }

    /** Of two the one whose reading came further; this one where both came as far. */
    NoPipelineException orFurther(NoPipelineException other) {
        return other.refusal.at().compareTo(refusal.at()) > 0 ? other : this;
    }
}
