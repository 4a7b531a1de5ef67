package io.github.bubbletrace.analysis;

import io.github.bubbletrace.schedule.Phase;

/**
 * The tasks of one device in one window, by start. Parallel columns; index 0 to {@link #size()} - 1. Times are
 * nanoseconds on the document's axis.
 */
public interface TaskSpans {

    /** How many tasks there are. */
    int size();

    /** Start of the task's hull. */
    long startNs(int index);

    /** End of the task's hull. */
    long endNs(int index);

    /** Time within the hull in which at least one compute kernel ran. */
    long busyNs(int index);

    /** Start in the replay without imbalance, jitter, transfers and delays; -1 where there is none. */
    long idealStartNs(int index);

    /** End in the same replay; -1 where there is none. */
    long idealEndNs(int index);

    /** The task's phase. */
    Phase phase(int index);

    /** The task's chunk over the whole pipeline. */
    int chunk(int index);

    /** The task's micro-batch. */
    int microBatch(int index);
}
