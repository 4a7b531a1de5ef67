package io.github.bubbletrace.analysis;

/**
 * What the named order is like, as far as the order tells.
 *
 * @param stages how many stages it has at the least, of which some may be missing from the trace; null for {@code other}
 * @param groupSize micro-batches that a device of an interleaved schedule takes through a chunk at a time, else null
 * @param recomputation {@code full} where every backward has its recomputation right before it, {@code partial} where some
 *     have, {@code elsewhere} where recomputations run at other places; null where there are none
 */
public record ScheduleDetails(Integer stages, Integer groupSize, String recomputation) {

    /** Nothing is known. */
    public static final ScheduleDetails NONE = new ScheduleDetails(null, null, null);
}
