package io.github.bubbletrace.reports.text;

import io.github.bubbletrace.attribution.Cause;

/** What each cause is called, and what it means. */
public final class CauseText {

    private CauseText() {}

    /** The cause's name in running text. */
    public static String name(Cause cause) {
        return switch (cause) {
            case FILL -> "pipeline fill";
            case DRAIN -> "pipeline drain";
            case TURNAROUND -> "turnaround";
            case STARVATION -> "starvation";
            case IMBALANCE -> "imbalance";
            case JITTER -> "jitter";
            case P2P -> "transfers";
            case COLLECTIVE -> "collectives";
            case HOST -> "late launches";
            case UNRESOLVED -> "unresolved";
        };
    }

    /** A column heading of few letters. */
    public static String column(Cause cause) {
        return switch (cause) {
            case P2P -> "transfers";
            case HOST -> "host";
            default -> cause.key();
        };
    }

    /** Two letters that tell causes apart where there is no hatching. */
    public static String letters(Cause cause) {
        return switch (cause) {
            case FILL -> "fi";
            case DRAIN -> "dr";
            case TURNAROUND -> "tu";
            case STARVATION -> "st";
            case IMBALANCE -> "im";
            case JITTER -> "ji";
            case P2P -> "tr";
            case COLLECTIVE -> "co";
            case HOST -> "la";
            case UNRESOLVED -> "?";
        };
    }

    /** What the cause means, without a full stop. */
    public static String meaning(Cause cause) {
        return switch (cause) {
            case FILL -> "schedule: before a device's first task";
            case DRAIN -> "schedule: after a device's last task";
            case TURNAROUND -> "schedule: waiting between forward and backward";
            case STARVATION -> "schedule: too few micro-batches in flight";
            case IMBALANCE -> "stages that take different times";
            case JITTER -> "tasks that leave their own norm";
            case P2P -> "point-to-point transfers on the way";
            case COLLECTIVE -> "collective communication";
            case HOST -> "the host launched late, here or upstream";
            case UNRESOLVED -> "the trace does not say";
        };
    }
}
