package io.github.bubbletrace.cli;

import io.github.bubbletrace.reports.text.OneLine;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param what its name
 * @param state how it is
 * @param text what was found, and what to do
 */
record Diagnosis(String what, State state, String text) {

    /** How a thing is. */
    enum State {
        /** As it should be. */
        OK,
        /** Recording works, but not all of it. */
        WARNS,
        /** Without it nothing is recorded. */
        FAILS
    }

    static Diagnosis ok(String what, String text) {
        return new Diagnosis(what, State.OK, text);
    }

    static Diagnosis warns(String what, String text) {
        return new Diagnosis(what, State.WARNS, text);
    }

    static Diagnosis fails(String what, String text) {
        return new Diagnosis(what, State.FAILS, text);
    }

    /** One line of a table. */
    String line() {
        return String.format(
                Locale.ROOT, "%-5s  %-12s  %s", state.name().toLowerCase(Locale.ROOT), what, OneLine.of(text));
    }
}
