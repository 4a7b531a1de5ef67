package io.github.bubbletrace.attribution;

/** What a what-if changes on a recorded window. Each method answers for one task, transfer or block, in nanoseconds. */
public interface Change {

    /** One recorded task; read it within the call that it is handed to. */
    interface TaskView {
        /** Hull, launch gaps included. */
        long hullNs();

        /** Hull less launch gaps. */
        long ownNs();

        /** Size of its micro-batch in its phase. */
        double sizeNs();

        /** Mean size over the micro-batches of its phase. */
        double meanSizeNs();

        /** Factor of its chunk in its phase. */
        double factor();

        /** Mean factor over the chunks of its phase. */
        double meanFactor();

        /** Place of its device in {@link io.github.bubbletrace.pipeline.PipelineRun#devices}. */
        int device();
    }

    /** Duration of a task; by default its hull. */
    default long durationNs(TaskView task) {
        return task.hullNs();
    }

    /**
     * Time from the end of an input to its arrival; by default as recorded.
     *
     * @param sender device that sends
     * @param receiver device that receives
     * @param trueNs the transfer itself
     * @param lateNs what passed before both sides were there; negative where clocks disagree
     * @param late device whose side came last
     */
    default long transferNs(int sender, int receiver, long trueNs, long lateNs, int late) {
        return trueNs + lateNs;
    }

    /** Host delay of a block of {@code device}; by default as recorded. */
    default long delayNs(int device, long recordedNs) {
        return recordedNs;
    }
}
