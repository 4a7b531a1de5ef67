package io.github.bubbletrace.analysis;

/**
 * The transfers between the devices of one window, in the order of their receiving tasks. Parallel columns; index 0 to
 * {@link #size()} - 1. Devices are places in the window's list of devices, tasks places in the device's {@link
 * TaskSpans}. Times are nanoseconds on the document's axis.
 */
public interface TransferSpans {

    /** How many transfers there are. */
    int size();

    /** When it could move data: both sides were there. */
    long startNs(int index);

    /** When the data was there. */
    long endNs(int index);

    /** The device that sends. */
    int sourceDevice(int index);

    /** The task whose output is sent. */
    int sourceTask(int index);

    /** The device that receives. */
    int targetDevice(int index);

    /** The task that waits for the data. */
    int targetTask(int index);

    /** Whether no record shows it: its times are what the tasks around it leave. */
    boolean isEstimated(int index);

    /** How much it moves, or -1 where the trace does not say. */
    long bytes(int index);
}
