package io.github.bubbletrace.pipeline.unlabelled.work;

/** Devices whose transfers make no pipeline, and why. */
public final class NoPipelineException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    /** @param reason why the first step fails; later ones say that they do by {@link Reached#in} */
    public NoPipelineException(String reason) {
        this(new Refusal(Reached.TRANSFERS, reason));
    }

    /** Why, and how far the reading came. */
    public NoPipelineException(Refusal refusal) {
        super(refusal.reason());
        this.refusal = refusal;
    }

    /** The reason, and how far the reading came. */
    public Refusal refusal() {
        return refusal;
    }

    /** Of two the one whose reading came further; this one where both came as far. */
    public NoPipelineException orFurther(NoPipelineException other) {
        return other.refusal.at().compareTo(refusal.at()) > 0 ? other : this;
    }
}
