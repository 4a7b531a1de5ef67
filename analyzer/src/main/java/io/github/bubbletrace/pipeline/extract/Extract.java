package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.unlabelled.work.LaneWork;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.IntervalSet;
import io.github.bubbletrace.trace.Processes;
import io.github.bubbletrace.trace.TraceSource;
import java.util.List;

/**
 * What is kept of one file once its events are dropped. Times are of the file's clock.
 *
 * @param source where it came from
 * @param processes its processes
 * @param lanes its devices with activity
 * @param activity what each lane did when
 * @param tasks tasks by their labels
 * @param transfers point-to-point operations
 * @param stops when and why host threads stood still, by lane
 * @param optimizer when optimizer kernels outside tasks ran, by lane
 * @param memory what each lane's memory holds when
 * @param work the compute kernels of each lane where no range names a task and something was transferred; else none
 * @param steps its step ranges
 * @param kernels the kernels themselves, or null where they were dropped
 * @param sums how often each kernel ran and for how long
 * @param counts how many rows of each kind there were
 * @param log what was odd
 */
public record Extract(
        TraceSource source,
        Processes processes,
        List<Lane> lanes,
        List<Activity> activity,
        TaskTable tasks,
        TransferOps transfers,
        List<HostStops> stops,
        List<IntervalSet> optimizer,
        List<HeldMemory> memory,
        List<LaneWork> work,
        StepSpans steps,
        KeptKernels kernels,
        KernelSums sums,
        Counts counts,
        ImportLog log) {

    /** The same without its kernels. */
    public Extract withoutKernels() {
        return new Extract(
                source, processes, lanes, activity, tasks, transfers, stops, optimizer, memory, work, steps, null, sums,
                counts, log);
    }

    /**
     * Rows of one file by kind.
     *
     * @param kernels compute and communication kernels
     * @param copies memory copies
     * @param p2p point-to-point kernels
     * @param collectives collective kernels
     * @param ranges NVTX ranges
     * @param apiCalls CUDA API calls
     * @param unmatchedKernels kernels without API call
     * @param labelledRanges ranges that name a phase and a micro-batch
     * @param firstNs earliest time of any event
     * @param lastNs latest time of any event on a device, or in a task without one
     */
    public record Counts(
            long kernels,
            long copies,
            long p2p,
            long collectives,
            long ranges,
            long apiCalls,
            long unmatchedKernels,
            long labelledRanges,
            long firstNs,
            long lastNs) {}
}
