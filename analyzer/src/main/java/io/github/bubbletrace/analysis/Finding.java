package io.github.bubbletrace.analysis;

import java.util.Map;

/**
 * One answered question about the run.
 *
 * @param id stable name, as {@code slow-stage}
 * @param severity how much it matters
 * @param title one sentence with number and place
 * @param gainNs time saved per iteration if only this were removed, in nanoseconds
 * @param gain the same over the recorded time
 * @param evidence where to look: plain numbers and strings by name
 * @param advice what to change
 * @param check how to see afterwards that it worked
 */
public record Finding(
        String id,
        Severity severity,
        String title,
        long gainNs,
        double gain,
        Map<String, Object> evidence,
        String advice,
        String check) {}
