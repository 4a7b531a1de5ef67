package io.github.bubbletrace.analysis;

import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.StopKind;

/**
 * When the host threads of a device did not run their own code, for one reason.
 *
 * @param device the device's name
 * @param kind whether they stood still, waited, or were slowed
 * @param reason what the trace calls it; empty where it has no name
 * @param times when, in nanoseconds of the document's axis
 */
public record HostStop(String device, StopKind kind, String reason, IntervalSet times) {

    /** The same under another name. */
    public HostStop withReason(String newReason) {
        return new HostStop(device, kind, newReason, times);
    }
}
