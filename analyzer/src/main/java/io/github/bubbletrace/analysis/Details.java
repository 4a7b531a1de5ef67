package io.github.bubbletrace.analysis;

import java.util.List;

/**
 * What lies beneath tasks and idle time.
 *
 * @param recording when devices were active
 * @param kernelTotals the kernels that took most of the time: compute first, then communication, each by time
 * @param stops when and why host threads stood still, by device
 * @param kernels the kernels themselves
 */
public record Details(Recording recording, List<KernelTotal> kernelTotals, List<HostStop> stops, KernelSource kernels) {

    /** Nothing is known. */
    public static final Details NONE = new Details(Recording.NONE, List.of(), List.of(), KernelSource.NONE);
}
