package io.github.bubbletrace.analysis;

/**
 * One device within one window: {@code busyNs + idleNs.total()} is the window's length, exactly.
 *
 * @param device name, as {@code rank0:gpu0}
 * @param rank rank of its process
 * @param gpu ordinal of the GPU within its process, or null
 * @param stage place of the device in the pipeline
 * @param busyNs time in which at least one compute kernel ran
 * @param otherBusyNs the part of {@code busyNs} in which only kernels of no task ran
 * @param idleNs idle time by cause
 * @param peakInFlight most activations held at once
 * @param ownLatenessNs task starts minus the later of device free and inputs there, summed over the positive ones
 * @param boundary what the device did until the next window
 * @param tasks its tasks in the window
 * @param idle its idle spans in the window
 */
public record DeviceAnalysis(
        String device,
        int rank,
        Integer gpu,
        int stage,
        long busyNs,
        long otherBusyNs,
        CauseTimes idleNs,
        int peakInFlight,
        long ownLatenessNs,
        Boundary boundary,
        TaskSpans tasks,
        IdleSpans idle) {}
