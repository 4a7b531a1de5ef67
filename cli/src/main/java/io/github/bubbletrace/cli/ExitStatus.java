package io.github.bubbletrace.cli;

/** What the process ends with. 3 is kept for a {@code --fail-if} condition that holds. */
final class ExitStatus {

    /** Done. */
    static final int DONE = 0;

    /** A fault of the tool's own. */
    static final int FAULT = 1;

    /** The call or the input is unusable. */
    static final int UNUSABLE = 2;

    private ExitStatus() {}
}
