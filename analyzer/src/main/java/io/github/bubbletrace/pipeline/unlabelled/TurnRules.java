package io.github.bubbletrace.pipeline.unlabelled;

/** What a device may do next. A set of states is bits of an int, and 0 where there is none. */
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

    /** The states after what is computed before the {@code k}-th transfer. */
    int work(int states, int k);

    /** The states after something was sent to a neighbour. */
    int out(int states, int neighbour);

    /** The states after something was received from a neighbour. */
    int in(int states, int neighbour);

    /** The same where nothing is computed between. */
    int inAfterOut(int states, int neighbour);

    /** The states after a transfer of one of the three kinds. */
    default int step(int states, int kind, int neighbour) {
        return switch (kind) {
            case OUT -> out(states, neighbour);
            case IN -> in(states, neighbour);
            default -> inAfterOut(out(states, neighbour), neighbour);
        };
    }
}
