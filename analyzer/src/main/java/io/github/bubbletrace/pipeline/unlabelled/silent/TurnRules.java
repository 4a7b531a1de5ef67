package io.github.bubbletrace.pipeline.unlabelled.silent;

/** What a device may do next, transfer by transfer as it launches them. A set of states is bits of an int, and 0 where there is none. */
interface TurnRules {

    /** Only sends. */
    int OUT = 1;

    /** Only receives. */
    int IN = 2;

    /** Sends what was computed and receives what is computed next, at once. */
    int BOTH = 4;

    /** How many bits states have at most. */
    int STATES = 6;

    /** Where it begins. */
    int begin();

    /** Where it may stop. */
    int end();

    /** What the {@code k}-th transfer may be by itself. */
    default int kinds(int k) {
        return OUT | IN | BOTH;
    }

    /** The states after what is computed before the {@code k}-th transfer. */
    int work(int states, int k);

    /** The states after the {@code k}-th transfer sent something. */
    int out(int states, int k);

    /** The states after the {@code k}-th transfer received something. */
    int in(int states, int k);

    /** The same where that transfer sent something before. */
    int inAfterOut(int states, int k);

    /** The states after a {@code k}-th transfer of one of the three kinds. */
    default int step(int states, int kind, int k) {
        return switch (kind) {
            case OUT -> out(states, k);
            case IN -> in(states, k);
            default -> inAfterOut(out(states, k), k);
        };
    }
}
