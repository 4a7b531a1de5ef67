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
    D,
    /** Verification: an inference forward over the tokens that were drafted for each sequence. */
    V,
    /** Speculation: a draft model on the last device proposes the tokens that the next pass verifies. */
    S;

    /** Whether it belongs to a pass from the first chunk towards the last. */
    public boolean isForward() {
        return this == F || this == P || this == D || this == V || this == S;
    }

    /** Whether it is a phase of an inference engine, whose passes feed back to the first chunk. */
    public boolean isServing() {
        return this == P || this == D || this == V || this == S;
    }
}
