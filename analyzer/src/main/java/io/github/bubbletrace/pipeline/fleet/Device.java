package io.github.bubbletrace.pipeline.fleet;

import io.github.bubbletrace.pipeline.extract.Activity;
import io.github.bubbletrace.pipeline.extract.HeldMemory;
import io.github.bubbletrace.pipeline.extract.HostStops;
import io.github.bubbletrace.trace.IntervalSet;

/**
 * One device of all inputs.
 *
 * @param file index of its input
 * @param lane index of its lane in that input
 * @param rank rank of its process
 * @param gpu ordinal of the GPU within its process, or -1
 * @param activity what it did when, in nanoseconds of the document's axis
 * @param stops when and why its host threads stood still, in nanoseconds of the document's axis
 * @param optimizer when optimizer kernels outside tasks ran, in nanoseconds of the document's axis
 * @param memory what its memory holds when, in nanoseconds of the document's axis
 * @param clockErrorNs bound of the alignment error of its file, in nanoseconds
 */
public record Device(
        int file,
        int lane,
        int rank,
        int gpu,
        Activity activity,
        HostStops stops,
        IntervalSet optimizer,
        HeldMemory memory,
        long clockErrorNs) {

    /** Name in the document: rank and GPU, or the rank alone where no GPU is known. */
    public String name() {
        return gpu < 0 ? "rank" + rank : "rank" + rank + ":gpu" + gpu;
    }

    /** How far apart the clocks of two devices may be, in nanoseconds; 0 within one file. */
    public static long clockErrorNs(Device a, Device b) {
        return a.file == b.file ? 0 : a.clockErrorNs + b.clockErrorNs;
    }
}
