package io.github.bubbletrace.reports.text;

import io.github.bubbletrace.schedule.Phase;

/** What each phase is called. */
public final class PhaseText {

    private PhaseText() {}

    /** The phase's name in running text. */
    public static String name(Phase phase) {
        return switch (phase) {
            case F -> "forward";
            case B -> "backward";
            case W -> "weight gradient";
            case R -> "recompute";
            case P -> "prefill";
            case D -> "decode";
            case V -> "verify";
            case S -> "draft";
        };
    }

    /** The letter in the pictures and the name: {@code F forward}. */
    public static String letterAndName(Phase phase) {
        return phase.name() + ' ' + name(phase);
    }
}
