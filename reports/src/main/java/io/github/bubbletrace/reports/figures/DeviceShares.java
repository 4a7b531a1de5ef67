package io.github.bubbletrace.reports.figures;

import io.github.bubbletrace.analysis.DeviceSummary;

/**
 * A device's whole recording as tenths of a percent that sum to 1000.
 *
 * @param busy a compute kernel ran
 * @param communication only communication ran
 * @param idle nothing ran
 */
public record DeviceShares(int busy, int communication, int idle) {

    /** The shares of {@code device}; one without a window is idle throughout. */
    public static DeviceShares of(DeviceSummary device) {
        if (device.windowNs() <= 0) {
            return new DeviceShares(0, 0, Budget.WHOLE);
        }
        int busy = tenths(device.busyNs(), device.windowNs());
        int communication = Math.min(tenths(device.communicationNs(), device.windowNs()), Budget.WHOLE - busy);
        return new DeviceShares(busy, communication, Budget.WHOLE - busy - communication);
    }

    private static int tenths(long partNs, long wholeNs) {
        return (int) Math.round((double) Budget.WHOLE * partNs / wholeNs);
    }
}
