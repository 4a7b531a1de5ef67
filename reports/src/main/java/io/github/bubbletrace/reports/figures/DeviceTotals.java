package io.github.bubbletrace.reports.figures;

import io.github.bubbletrace.analysis.Boundary;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One device summed over the iterations that count. Times are nanoseconds.
 *
 * @param device name
 * @param stage place in the pipeline
 * @param hasGpu whether the device is a known GPU
 * @param windowNs sum of the windows
 * @param busyNs busy time in them
 * @param otherBusyNs the part of it that belongs to no task
 * @param idleNs idle time in them by cause
 * @param ownLatenessNs lateness of its own
 * @param peakInFlight most activations held at once in any iteration
 * @param boundary what it did between the windows
 */
public record DeviceTotals(
        String device,
        int stage,
        boolean hasGpu,
        long windowNs,
        long busyNs,
        long otherBusyNs,
        CauseTimes idleNs,
        long ownLatenessNs,
        int peakInFlight,
        Boundary boundary) {

    /** One entry per device of {@code pipeline}, in the pipeline's order. */
    public static List<DeviceTotals> of(PipelineAnalysis pipeline) {
        Map<String, DeviceTotals> byDevice = new LinkedHashMap<>();
        for (IterationAnalysis iteration : Windows.counted(pipeline)) {
            for (DeviceAnalysis device : iteration.devices()) {
                byDevice.merge(device.device(), one(device, iteration.windowNs()), DeviceTotals::plus);
            }
        }
        return List.copyOf(byDevice.values());
    }

    /** Idle time by cause over all of {@code devices}. */
    public static CauseTimes idle(Collection<DeviceTotals> devices) {
        return devices.stream().map(DeviceTotals::idleNs).reduce(CauseTimes.NONE, CauseTimes::plus);
    }

    private static DeviceTotals one(DeviceAnalysis device, long windowNs) {
        return new DeviceTotals(
                device.device(),
                device.stage(),
                device.gpu() != null,
                windowNs,
                device.busyNs(),
                device.otherBusyNs(),
                device.idleNs(),
                device.ownLatenessNs(),
                device.peakInFlight(),
                device.boundary());
    }

    private DeviceTotals plus(DeviceTotals other) {
        return new DeviceTotals(
                device,
                stage,
                hasGpu,
                windowNs + other.windowNs,
                busyNs + other.busyNs,
                otherBusyNs + other.otherBusyNs,
                idleNs.plus(other.idleNs),
                ownLatenessNs + other.ownLatenessNs,
                Math.max(peakInFlight, other.peakInFlight),
                boundary.plus(other.boundary));
    }
}
