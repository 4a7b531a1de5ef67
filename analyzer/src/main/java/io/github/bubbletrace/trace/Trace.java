package io.github.bubbletrace.trace;

/**
 * The events of one input file in columns. Immutable.
 *
 * @param source where it came from
 * @param strings names and texts
 * @param processes processes and threads
 * @param kernels GPU kernels
 * @param copies memory copies and memsets
 * @param calls CUDA API calls
 * @param ranges NVTX ranges
 * @param messages what the trace says of communications
 * @param stops when host threads did not run their own code
 * @param memory memory of GPUs allocated and released
 * @param memoryCopies how many of {@code copies} are copies, not memsets
 * @param log what was odd while reading
 */
public record Trace(
        TraceSource source,
        StringPool strings,
        Processes processes,
        KernelTable kernels,
        CopyTable copies,
        ApiCallTable calls,
        RangeTable ranges,
        MessageTable messages,
        StopTable stops,
        MemoryTable memory,
        int memoryCopies,
        ImportLog log) {

    /** The same events from elsewhere. */
    public Trace withSource(TraceSource newSource) {
        return new Trace(
                newSource,
                strings,
                processes,
                kernels,
                copies,
                calls,
                ranges,
                messages,
                stops,
                memory,
                memoryCopies,
                log);
    }

    /** Whether anything ran on a GPU. */
    public boolean hasGpuActivity() {
        return kernels.size() > 0 || copies.size() > 0;
    }
}
