package io.github.bubbletrace.schedule;

/** What a task does with its micro-batch on its chunk of the model. */
public enum Phase {
    /** Forward pass; in inference a batch that mixes prefill and decode. */
    F,
    /** Backward pass: the input gradient, or the whole backward where it is not split. */
    B,
    /** Weight gradient, where it is a task of its own. */
    W,
    /** Recomputation of a forward, where it is a task of its own. */
    R,
    /** Prefill: an inference forward over prompt tokens. */
    P,
    /** Decode: an inference forward over one new token a sequence. */
    D;

    /** Whether the activations of this phase travel from the first chunk towards the last. */
    public boolean isForward() {
        return this == F || this == P || this == D;
    }
}
