package io.github.bubbletrace.cli;

/** What the process ends with. */
final class ExitStatus {

    /** Done. */
    static final int DONE = 0;

    /** A fault of the tool's own. */
    static final int FAULT = 1;

    /** The call or the input is unusable. */
    static final int UNUSABLE = 2;

    /** A {@code --fail-if} condition holds. */
    static final int CONDITION_HOLDS = 3;

    private ExitStatus() {}
}
