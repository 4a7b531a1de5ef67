package io.github.bubbletrace.pipeline.unlabelled.chain;

/** What each stage sends to and receives from the one before it and the one after it. */
public interface Hops {

    /** The outputs of a place's forwards, or backwards, that it sends, by start. */
    int[] sends(int place, boolean forward);

    /** What it receives of other stages' forwards, or backwards, by end. */
    int[] receives(int place, boolean forward);

    /** Whether a device may run several chunks: what leaves the last one goes on to the first. */
    boolean isOfChunks();
}
