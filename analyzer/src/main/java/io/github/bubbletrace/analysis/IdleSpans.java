package io.github.bubbletrace.analysis;

import io.github.bubbletrace.attribution.Cause;

/**
 * The idle spans of one device in one window, by start, disjoint; they sum to the device's idle time. Times are
 * nanoseconds on the document's axis.
 */
public interface IdleSpans {

    /** How many spans there are. */
    int size();

    /** Start of the span. */
    long startNs(int index);

    /** End of the span. */
    long endNs(int index);

    /** What caused it. */
    Cause cause(int index);
}
