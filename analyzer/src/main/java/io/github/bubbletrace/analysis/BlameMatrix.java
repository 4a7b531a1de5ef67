package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * Which stage makes which other stage wait. Mean nanoseconds of a device and step. A stage waits while it runs no task
 * between its first and its last one: what lies before and after is the schedule's own.
 *
 * @param waitNs how long each stage waits, as recorded
 * @param savedNs how much less stage i (rows) waits when only stage j (columns) is fixed: none of its tasks longer than
 *     its phase's mean over all stages, its host prompt; may be negative
 * @param stepSavedNs how much shorter the step is then, which all stages idle less by
 * @param ownLatenessNs how late each stage itself started, sent and received
 */
public record BlameMatrix(
        List<Long> waitNs, List<List<Long>> savedNs, List<Long> stepSavedNs, List<Long> ownLatenessNs) {}
