package io.github.bubbletrace.analysis;

import io.github.bubbletrace.trace.IntervalSet;
import java.io.IOException;

/** The kernels of all inputs, which are too many for an analysis to hold. */
public interface KernelSource {

    /** No kernels. */
    KernelSource NONE = (times, visitor) -> {};

    /** Says that the call that launched a kernel is not in the trace. */
    long UNKNOWN = Long.MIN_VALUE;

    /** Is given kernels. */
    interface Visitor {

        /**
         * One kernel; those of a file come by their start. Times are nanoseconds of the document's axis.
         *
         * @param rank rank of its process
         * @param gpu the process's ordinal of its GPU
         * @param stream stream it ran on
         * @param name its short name
         * @param launchNs when the call that launched it began, or {@link #UNKNOWN}
         * @param startNs start on the GPU
         * @param endNs end of the same
         */
        void kernel(int rank, int gpu, int stream, String name, long launchNs, long startNs, long endNs)
                throws IOException;
    }

    /**
     * Shows {@code visitor} the kernels that run at some time in {@code times}, file by file.
     *
     * @throws IOException where the visitor does
     * @throws io.github.bubbletrace.format.UnusableInputException where a file must be read again for them and cannot be,
     *     or is not what it was
     */
    void forEach(IntervalSet times, Visitor visitor) throws IOException;
}
