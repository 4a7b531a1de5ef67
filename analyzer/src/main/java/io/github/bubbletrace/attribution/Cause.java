package io.github.bubbletrace.attribution;

import java.util.Locale;

/** Why a device was idle; the order is the one in which the parts of a gap are drawn. */
public enum Cause {
    /** Structure, before a device's first task of the window. */
    FILL,
    /** Structure, after a device's last task of the window. */
    DRAIN,
    /** Structure, between two tasks of a pipeline with backwards. */
    TURNAROUND,
    /** Structure, between two tasks of a forward-only pipeline: too few micro-batches in flight. */
    STARVATION,
    /** Chunks that take different times. */
    IMBALANCE,
    /** Tasks that take other times than their micro-batch's size and their chunk's factor say. */
    JITTER,
    /** Point-to-point transfers. */
    P2P,
    /** Collective communication. */
    COLLECTIVE,
    /** Late launches, the scheduler, data loading: here or upstream. */
    HOST,
    /** Nothing can be said. */
    UNRESOLVED;

    /** The name in the analysis document, lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the schedule itself causes this time: it would be there in a perfect run. */
    public boolean isStructure() {
        return this == FILL || this == DRAIN || this == TURNAROUND || this == STARVATION;
    }
}
